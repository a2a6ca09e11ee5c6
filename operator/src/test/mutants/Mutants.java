import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/** What the script {@code run} of this folder does in Java: makes mutants, and tests them. */
final class Mutants {
  /** What the tests leave behind in memory is let go with the process. */
  private static final int PER_PROCESS = 25;

  /** Many times what all tests of one mutant take. */
  private static final Duration FOR_EVER = Duration.ofMinutes(30);

  private static final int MORE_TO_DO = 3;

  /** Behind a test that tries everything. */
  private static final String ALL = "+all";

  private static final Set<String> GENERATED =
      Set.of("equals", "hashCode", "toString", "values", "valueOf", "$values");

  private Mutants() {}

  /**
   * {@code sample CLASSES TO SEED NUMBER PACKAGE...} writes some of the mutants of the packages
   * under a folder of class files, each into a folder of its own with a line on what it is.
   *
   * <p>{@code test FROM CLASSES TEST...} tests each of these until something fails, and writes the
   * outcome beside it; ends with code 3 when there are more to do. CLASSES are the folders that the
   * mutants belong to, with colons between them; they are loaded anew for each mutant. A TEST is
   * {@code CLASS}, {@code CLASS#METHOD} or {@code CLASS#METHOD@WORKLOAD}; with {@code +all} behind it
   * it runs under {@code -Dcampaign=all}.
   */
  public static void main(String[] args) throws Exception {
    List<String> rest = List.of(args).subList(1, args.length);
    if (args[0].equals("sample")) {
      sample(
          Path.of(rest.get(0)),
          Path.of(rest.get(1)),
          Long.parseLong(rest.get(2)),
          Integer.parseInt(rest.get(3)),
          rest.subList(4, rest.size()));
    } else {
      test(
          Path.of(rest.get(0)),
          Stream.of(rest.get(1).split(":")).map(Path::of).toList(),
          rest.subList(2, rest.size()));
      // Threads of a test may still be there.
      Runtime.getRuntime().halt(0);
    }
  }

  private static void test(Path mutants, List<Path> classes, List<String> tests) throws Exception {
    List<Path> folders;
    try (Stream<Path> files = Files.list(mutants)) {
      folders = files.filter(Files::isDirectory).sorted().toList();
    }
    int done = 0;
    for (Path mutant : folders) {
      Path outcome = mutant.resolve("outcome");
      if (Files.exists(outcome)) {
        continue;
      }
      if (done++ == PER_PROCESS) {
        Runtime.getRuntime().halt(MORE_TO_DO);
      }
      Thread watch = new Thread(() -> runsForEver(outcome, mutant));
      watch.setDaemon(true);
      watch.start();
      String killer;
      try {
        killer = killer(mutant, classes, tests);
      } catch (OutOfMemoryError endless) {
        tell(mutant, "dead    ", "out of memory");
        Runtime.getRuntime().halt(MORE_TO_DO);
        return;
      }
      watch.interrupt();
      tell(mutant, killer == null ? "alive   " : "dead    ", killer == null ? "" : killer);
    }
  }

  private static void runsForEver(Path outcome, Path mutant) {
    try {
      Thread.sleep(FOR_EVER.toMillis());
      tell(mutant, "forever ", "");
      Runtime.getRuntime().halt(MORE_TO_DO);
    } catch (InterruptedException e) {
      // It has come to its end.
    }
  }

  private static void tell(Path mutant, String outcome, String killer) {
    try {
      String line = outcome + Files.readString(mutant.resolve("what")).strip() + "  " + killer;
      System.err.println(line.strip());
      Files.writeString(mutant.resolve("outcome"), line.strip() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first test that fails; null when none does. */
  private static String killer(Path mutant, List<Path> classes, List<String> tests)
      throws Exception {
    List<URL> urls = new ArrayList<>();
    urls.add(mutant.toUri().toURL());
    for (Path folder : classes) {
      urls.add(folder.toUri().toURL());
    }
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), own)) {
      Thread.currentThread().setContextClassLoader(loader);
      forgetAttributes();
      for (String test : tests) {
        if (fails(test, loader)) {
          return test.substring(test.lastIndexOf('.') + 1);
        }
      }
      return null;
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }

  /** The AWS SDK takes each name of an attribute once in its life. */
  private static void forgetAttributes() throws ReflectiveOperationException {
    Field names = ExecutionAttribute.class.getDeclaredField("NAME_HISTORY");
    names.setAccessible(true);
    ((Map<?, ?>) names.get(null)).keySet().removeIf(it -> it.toString().startsWith("dev.fargate"));
  }

  private static boolean fails(String test, ClassLoader loader) throws Exception {
    String[] parts = test.replace(ALL, "").split("[#@]");
    Class<?> type = loader.loadClass(parts[0]);
    DiscoverySelector selector =
        parts.length == 1
            ? DiscoverySelectors.selectClass(type)
            : DiscoverySelectors.selectMethod(type, parts[1]);
    if (parts.length == 3) {
      System.setProperty("campaign.workload", parts[2]);
    } else {
      System.clearProperty("campaign.workload");
    }
    if (test.endsWith(ALL)) {
      System.setProperty("campaign", "all");
    } else {
      System.clearProperty("campaign");
    }
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
    SummaryGeneratingListener heard = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, heard);
    if (heard.getSummary().getTestsFoundCount() == 0 && heard.getSummary().getTotalFailureCount() == 0) {
      throw new IllegalStateException("no tests: " + test);
    }
    heard.getSummary().printFailuresTo(new PrintWriter(System.out, true), 60);
    return heard.getSummary().getTotalFailureCount() > 0;
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
            written(
                mutater.findMutations(
                    ClassName.fromString(path.substring(0, path.length() - ".class".length())))));
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

  /**
   * Without those in what the compiler has written: all of a record's stands in its first line. Of
   * a class that has an equals, hashCode or toString of its own its first line goes, too.
   */
  private static List<MutationDetails> written(List<MutationDetails> all) {
    int header =
        all.stream()
            .filter(it -> GENERATED.contains(it.getMethod()))
            .mapToInt(MutationDetails::getLineNumber)
            .min()
            .orElse(-1);
    return all.stream().filter(it -> it.getLineNumber() != header).toList();
  }

  private static List<Path> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
