package dev.fargate.local.quickstart;

import dev.fargate.local.aws.tasks.process.BuiltInImages;
import dev.fargate.local.aws.tasks.process.ImageTable;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What runs here in place of images: Phoenix from this checkout, and what the AWS endpoint brings,
 * a MongoDB and an image with faults.
 */
final class Images {
  /** As in Phoenix' image, but for the heap: here the machine's memory is not the task's. */
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto",
          "-Xlog:disable");

  private Images() {}

  /**
   * Every tag of Phoenix is the same program; it says the tag as its version, so that a rollout can
   * be watched.
   *
   * @throws QuickstartFailure when sample-app is not built
   */
  static ImageTable table(Home home) {
    return ImageTable.of(
            new ImageTable.Entry(
                "phoenix",
                phoenix(home.sampleApp()),
                Map.of("BIND_ADDRESS", "{address}", "PHOENIX_VERSION", "{tag}"),
                Map.of()))
        .or(BuiltInImages.table());
  }

  private static List<String> phoenix(Path target) {
    Path jar = target.resolve("phoenix.jar");
    Path program = Files.exists(jar) ? jar : target.resolve("classes");
    Path libraries = target.resolve("lib");
    if (!Files.exists(program) || !Files.isDirectory(libraries)) {
      throw new QuickstartFailure(
          "sample-app is not built: run mvn -DskipTests package -pl sample-app, or ./quickstart");
    }
    List<String> command = new ArrayList<>();
    command.add(ImageTable.java());
    command.addAll(JVM);
    Path archive = target.resolve("phoenix.jsa");
    if (Files.exists(archive)) {
      command.add("-XX:SharedArchiveFile=" + archive);
    }
    command.add("-cp");
    // Letter by letter what the script recorded the archive with, or the JVM would not use it.
    command.add(program + File.pathSeparator + libraries + File.separator + "*");
    command.add("dev.fargate.phoenix.Phoenix");
    return command;
  }
}
