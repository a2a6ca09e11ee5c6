package dev.fargate.operator.properties;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fargate.operator.Golden;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the operator says of bad specs, whole ({@code properties/refusals.txt}). What a definition
 * refuses for its type or bounds may come here, too.
 */
class RefusalsTextTest {
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
    Golden.assertText("properties/refusals.txt", text.toString());
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
