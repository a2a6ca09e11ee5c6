package dev.fargate.operator.cli.manifest;

/**
 * What is wrong in a file.
 *
 * @param line from 1; 0 where there is none
 * @param field the path, for example {@code spec.ingresses[0].portName}; null where there is none
 * @param message what is wrong and how to mend it
 */
public record FileProblem(String file, int line, String field, String message) {
  @Override
  public String toString() {
    return file
        + (line == 0 ? "" : ":" + line)
        + ": "
        + (field == null ? "" : field + ": ")
        + message;
  }
}
