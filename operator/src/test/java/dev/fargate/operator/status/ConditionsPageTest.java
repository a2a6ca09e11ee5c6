package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/conditions.md says of every reason what the operator itself says, and of no other. */
class ConditionsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "conditions.md");
  private static final String BEGIN = "<!-- reasons: written by ConditionsPageTest -->\n";
  private static final String END = "<!-- end of reasons -->";

  private static String table() {
    return Stream.of(Reason.values())
        .map(
            reason ->
                "| <a id=\"%s\"></a>`%s` | %s | %s |\n"
                    .formatted(
                        reason.text().toLowerCase(java.util.Locale.ROOT),
                        reason.text(),
                        reason.sentence(),
                        reason.remedy()))
        .collect(
            Collectors.joining("", "| reason | what it means | what to do |\n|---|---|---|\n", ""));
  }

  @Test
  void everyReasonIsExplainedInItsOwnWords() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("conditions.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
    }
    assertThat(Files.readString(PAGE))
        .as(
            "to write it anew: mvn -pl operator -am test -Dtest=ConditionsPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dconditions.write=true")
        .contains(BEGIN + table() + END);
  }

  @Test
  void everyTypeOfConditionIsExplained() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(ConditionType.values())
        .allSatisfy(type -> assertThat(page).contains("| `" + type.text() + "` |"));
  }

  @Test
  void everySentenceIsOne() {
    assertThat(Reason.values())
        .allSatisfy(
            reason -> {
              assertThat(reason.text()).matches("[A-Z][A-Za-z]+");
              assertThat(reason.sentence()).endsWith(".").doesNotContain("\n");
              assertThat(reason.remedy()).endsWith(".").doesNotContain("\n");
            });
  }
}
