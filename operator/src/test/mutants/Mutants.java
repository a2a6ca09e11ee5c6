import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;

/** What the script {@code run} of this folder does in Java: makes mutants, and tests one. */
final class Mutants {
  private Mutants() {}

  /**
   * {@code sample CLASSES TO SEED NUMBER PACKAGE...} writes some of the mutants of the packages
   * under a folder of class files, each into a folder of its own with a line on what it is; {@code
   * test CLASS[#METHOD]...} runs tests one after the other, and ends with code 1 at the first
   * failure, with 2 when there was none to run.
   */
  public static void main(String[] args) throws IOException {
    List<String> rest = List.of(args).subList(1, args.length);
    if (args[0].equals("sample")) {
      sample(
          Path.of(rest.get(0)),
          Path.of(rest.get(1)),
          Long.parseLong(rest.get(2)),
          Integer.parseInt(rest.get(3)),
          rest.subList(4, rest.size()));
    } else {
      rest.forEach(Mutants::test);
      // Threads of a test may still be there.
      Runtime.getRuntime().halt(0);
    }
  }

  private static void sample(
      Path classes, Path to, long seed, int number, List<String> packages) throws IOException {
    Mutater mutater =
        new GregorEngineFactory()
            .createEngine(EngineArguments.arguments())
            .createMutator(ClassloaderByteArraySource.fromContext());
    List<MutationDetails> all = new ArrayList<>();
    for (String name : packages) {
      for (Path file : classFiles(classes.resolve(name.replace('.', '/')))) {
        String path = classes.relativize(file).toString();
        all.addAll(
            mutater.findMutations(
                ClassName.fromString(path.substring(0, path.length() - ".class".length()))));
      }
    }
    all.sort(Comparator.comparing(MutationDetails::getId));
    Collections.shuffle(all, new Random(seed));
    List<MutationDetails> chosen = all.subList(0, Math.min(number, all.size()));
    System.out.println(chosen.size() + " of " + all.size() + " mutants, seed " + seed);
    for (int i = 0; i < chosen.size(); i++) {
      MutationDetails mutant = chosen.get(i);
      Path folder = to.resolve("%04d".formatted(i));
      Path file = folder.resolve(mutant.getClassName().asInternalName() + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, mutater.getMutation(mutant.getId()).getBytes());
      Files.writeString(
          folder.resolve("what"),
          mutant.getClassName().asJavaName()
              + ":"
              + mutant.getLineNumber()
              + " "
              + mutant.getMethod()
              + ": "
              + mutant.getDescription()
              + "\n");
    }
  }

  private static List<Path> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void test(String name) {
    DiscoverySelector selector =
        name.contains("#")
            ? DiscoverySelectors.selectMethod(name)
            : DiscoverySelectors.selectClass(name);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
    Launcher launcher = LauncherFactory.create();
    int[] tests = {0};
    launcher.execute(
        request,
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            tests[0] += test.isTest() ? 1 : 0;
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
              System.out.println(name + ": " + test.getDisplayName());
              result.getThrowable().ifPresent(failure -> failure.printStackTrace(System.out));
              Runtime.getRuntime().halt(1);
            }
          }
        });
    if (tests[0] == 0) {
      System.out.println(name + ": no tests");
      Runtime.getRuntime().halt(2);
    }
  }
}
