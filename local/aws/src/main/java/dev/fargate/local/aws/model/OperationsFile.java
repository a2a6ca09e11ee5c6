package dev.fargate.local.aws.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code operations.txt}: which operations of which models are in use. */
final class OperationsFile {
  private OperationsFile() {}

  /** One service of the file. */
  record Section(String signingName, String model, Set<String> operations) {}

  static List<Section> read(Path file) throws IOException {
    List<Section> sections = new ArrayList<>();
    int number = 0;
    for (String raw : Files.readAllLines(file)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        sections.add(section(line, file + ":" + number));
      } else if (sections.isEmpty()) {
        throw new IllegalArgumentException(
            file + ":" + number + ": operation before any [service]");
      } else if (!sections.get(sections.size() - 1).operations().add(line)) {
        throw new IllegalArgumentException(file + ":" + number + ": " + line + " is there twice");
      }
    }
    return sections;
  }

  private static Section section(String line, String where) {
    String[] words = line.substring(1, Math.max(1, line.length() - 1)).split(" ");
    if (!line.endsWith("]") || words.length != 2) {
      throw new IllegalArgumentException(where + ": expected [signing-name model-name]: " + line);
    }
    return new Section(words[0], words[1], new TreeSet<>());
  }
}
