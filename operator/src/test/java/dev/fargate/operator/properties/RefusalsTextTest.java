package dev.fargate.operator.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the operator says of bad specs, whole ({@code properties/refusals.txt}); {@code
 * -Dgolden.write=DIR} writes it anew. What a definition refuses for its type or bounds may come
 * here, too.
 */
class RefusalsTextTest {
  private static final String GOLDEN = "refusals.txt";

  @Test
  void itSaysSoInTheseWords() throws IOException {
    StringBuilder text = new StringBuilder();
    for (ChangedSpec spec :
        Stream.of("bad-specs.yaml", "only-the-operator.yaml")
            .flatMap(f -> ChangedSpec.in(f).stream())
            .toList()) {
      String told = told(spec);
      if (!told.isEmpty()) {
        text.append(spec.kind()).append(' ').append(spec.change()).append('\n').append(told);
      }
    }
    String write = System.getProperty("golden.write");
    if (write != null) {
      Files.writeString(Path.of(write, GOLDEN), text);
    }
    assertThat(text.toString()).isEqualTo(ApiServer.text(GOLDEN));
  }

  private static String told(ChangedSpec spec) {
    try {
      return ChangedSpec.problems(spec.object()).stream()
          .map(problem -> "  " + problem + "\n")
          .collect(Collectors.joining());
    } catch (JsonProcessingException ofAnotherType) {
      return "";
    }
  }
}
