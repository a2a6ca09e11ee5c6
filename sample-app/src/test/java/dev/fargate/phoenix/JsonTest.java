package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void whatIsWrittenIsReadBackByAnotherParser() {
    String text =
        "quote \" backslash \\ line\n tab\t nul\0 delete\u007f ä € \uD83D\uDD25 \u2028 lone \uD83D";
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", text);
    value.put("a \"key\"", Arrays.asList(1, -2.5, true, null, List.of(), Map.of()));
    Document read = Document.parse(Json.of(value));
    assertThat(read.getString("text")).isEqualTo(text);
    assertThat(read.getList("a \"key\"", Object.class))
        .containsExactly(1, -2.5, true, null, List.of(), new Document());
  }
}
