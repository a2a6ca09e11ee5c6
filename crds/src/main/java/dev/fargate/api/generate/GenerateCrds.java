package dev.fargate.api.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the CRD YAML, the JSON schemas and the reference pages from the Java types. */
public final class GenerateCrds {

  private GenerateCrds() {}

  /**
   * Writes every generated file.
   *
   * @param args one element: the root of the repository
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("give one argument, the root of the repository");
    }
    for (Map.Entry<String, String> file : GeneratedFiles.all().entrySet()) {
      Path path = Path.of(args[0], file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
