package dev.fargate.local.quickstart;

import java.nio.file.Path;

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

  /** Where Phoenix is built. */
  public Path sampleApp() {
    return root.resolve("sample-app").resolve("target");
  }
}
