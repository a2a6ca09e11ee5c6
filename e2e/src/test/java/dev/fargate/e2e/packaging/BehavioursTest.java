package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/behaviours.md, correctness.md and threat-model.md name tests; a name that no test has, or a
 * method that nothing runs, is a promise that nothing holds.
 */
class BehavioursTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][A-Za-z0-9]+Test)(?:\\.([a-zA-Z0-9]+))?`");

  private static final Pattern RUN =
      Pattern.compile("@(Test|ParameterizedTest|TestFactory|Property)\\b");

  @Test
  void everyTestInTheTableExists() throws IOException {
    Map<String, String> sources = testSources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    Matcher test = NAMED.matcher(tables());
    while (test.find()) {
      named++;
      String source = sources.getOrDefault(test.group(1), "");
      boolean exists = test.group(2) == null ? !source.isEmpty() : isTest(source, test.group(2));
      if (!exists) {
        missing.add(test.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(200);
  }

  /** Whether a class has such a method, with an annotation that makes it a test. */
  private static boolean isTest(String source, String method) {
    Matcher found = Pattern.compile("(void|Stream<DynamicTest>) " + method + "\\(").matcher(source);
    return found.find()
        && RUN.matcher(source.substring(endOfTheOneBefore(source, found), found.start())).find();
  }

  private static int endOfTheOneBefore(String source, Matcher method) {
    return Math.max(0, source.lastIndexOf("\n  }\n", method.start()));
  }

  private static String tables() throws IOException {
    return Files.readString(ROOT.resolve("docs/behaviours.md"))
        + Files.readString(ROOT.resolve("docs/correctness.md"))
        + Files.readString(ROOT.resolve("docs/threat-model.md"));
  }

  /** By the name of the class; where two modules have one of the same name, both. */
  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
    return sources;
  }
}
