package dev.fargate.local.quickstart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checkout that the quickstart runs from.
 *
 * @param root the repository's root folder
 */
public record Home(Path root) {
  private static final String PROPERTY = "quickstart.home";

  /** As the quickstart script says, else the working directory. */
  public static Home find() {
    return new Home(Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath());
  }

  /** The sample that is applied unless told otherwise. */
  public Path defaultSample() {
    return root.resolve("samples").resolve("phoenix");
  }

  /**
   * The arguments of {@code java} that start Phoenix.
   *
   * @throws QuickstartFailure when sample-app is not built
   */
  public List<String> phoenix() {
    Path target = root.resolve("sample-app").resolve("target");
    Path jar = target.resolve("phoenix.jar");
    // The archive names the jars in this order: another order, and the JVM would not use it.
    List<Path> classPath = new ArrayList<>();
    classPath.add(Files.exists(jar) ? jar : target.resolve("classes"));
    try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      libraries.sorted().forEach(classPath::add);
    } catch (IOException e) {
      throw new QuickstartFailure(
          "sample-app is not built: run mvn -DskipTests package -pl sample-app", e);
    }
    List<String> arguments = new ArrayList<>();
    Path archive = target.resolve("phoenix.jsa");
    if (Files.exists(archive)) {
      arguments.add("-XX:SharedArchiveFile=" + archive);
    }
    arguments.add("-cp");
    arguments.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    arguments.add("dev.fargate.phoenix.Phoenix");
    return arguments;
  }
}
