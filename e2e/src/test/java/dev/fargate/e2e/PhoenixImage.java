package dev.fargate.e2e;

import dev.fargate.local.aws.tasks.process.BuiltInImages;
import dev.fargate.local.aws.tasks.process.ImageTable;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Phoenix as this build made it, and the endpoint's own images. */
final class PhoenixImage {
  /** For a quick start beside others on two cores. */
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx128m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto");

  private PhoenixImage() {}

  /** Every tag is the same program and tells its tag as its version. */
  static ImageTable table() {
    return ImageTable.of(
            new ImageTable.Entry(
                "phoenix", command(), Map.of("PHOENIX_VERSION", "{tag}"), Map.of()))
        .or(BuiltInImages.table());
  }

  private static List<String> command() {
    Path target = LocalPlatform.ROOT.resolve("sample-app").resolve("target");
    if (!Files.isDirectory(target.resolve("classes"))
        || !Files.isDirectory(target.resolve("lib"))) {
      throw new IllegalStateException("sample-app is not built: run these tests with -am");
    }
    List<String> command = new ArrayList<>();
    command.add(ImageTable.java());
    command.addAll(JVM);
    command.add("-cp");
    command.add(
        target.resolve("classes")
            + File.pathSeparator
            + target.resolve("lib")
            + File.separator
            + "*");
    command.add("dev.fargate.phoenix.Phoenix");
    return command;
  }
}
