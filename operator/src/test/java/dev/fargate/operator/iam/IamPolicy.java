package dev.fargate.operator.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy of docs/iam.
 *
 * @param text as in the file
 */
record IamPolicy(String text, List<Statement> statements) {

  /**
   * One statement that allows something.
   *
   * @param conditions the condition keys it compares
   */
  record Statement(String id, Set<String> actions, Set<String> resources, Set<String> conditions) {
    boolean narrowed() {
      return !conditions.isEmpty() || !resources.contains("*");
    }
  }

  static IamPolicy of(String file) {
    try {
      // Tests run in the module's folder.
      String text = Files.readString(Path.of("..", "docs", "iam", file));
      List<Statement> statements = new ArrayList<>();
      for (JsonNode statement : new ObjectMapper().readTree(text).path("Statement")) {
        Set<String> keys = new TreeSet<>();
        statement
            .path("Condition")
            .forEach(comparison -> comparison.fieldNames().forEachRemaining(keys::add));
        statements.add(
            new Statement(
                statement.path("Sid").asText(),
                strings(statement.path("Action")),
                strings(statement.path("Resource")),
                keys));
      }
      return new IamPolicy(text, statements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> actions() {
    Set<String> all = new TreeSet<>();
    statements.forEach(statement -> all.addAll(statement.actions()));
    return all;
  }

  /** The text without white space, which is what AWS counts. */
  int size() {
    return text.replaceAll("\\s", "").length();
  }

  private static Set<String> strings(JsonNode oneOrMany) {
    Set<String> strings = new TreeSet<>();
    if (oneOrMany.isTextual()) {
      strings.add(oneOrMany.asText());
    }
    oneOrMany.forEach(value -> strings.add(value.asText()));
    return strings;
  }
}
