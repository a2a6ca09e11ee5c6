package dev.fargate.local.kube.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.StatusError.Cause;
import dev.fargate.local.kube.write.KindRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets: {@code stringData} becomes {@code data}, the type cannot change, an immutable one cannot
 * change at all.
 */
public final class SecretRules implements KindRules {
  @Override
  public void complete(ObjectNode object, Optional<ObjectNode> live) {
    if (object.path("type").asText("").isEmpty()) {
      object.put("type", "Opaque");
    }
    JsonNode plain = object.remove("stringData");
    if (plain == null || plain.isNull()) {
      return;
    }
    ObjectNode data =
        object.get("data") instanceof ObjectNode existing ? existing : object.putObject("data");
    for (Map.Entry<String, JsonNode> entry : plain.properties()) {
      byte[] value = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
      data.put(entry.getKey(), Base64.getEncoder().encodeToString(value));
    }
  }

  @Override
  public List<Cause> validate(ObjectNode object, Optional<ObjectNode> live) {
    List<Cause> causes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
      if (!isBase64(entry.getValue())) {
        causes.add(
            new Cause(
                "FieldValueInvalid",
                "data[" + entry.getKey() + "]",
                "Invalid value: must be base64"));
      }
    }
    live.ifPresent(before -> checkUnchanged(before, object, causes));
    return causes;
  }

  private static void checkUnchanged(ObjectNode before, ObjectNode object, List<Cause> causes) {
    if (!before.path("type").equals(object.path("type"))) {
      causes.add(
          new Cause(
              "FieldValueInvalid",
              "type",
              "Invalid value: \"" + object.path("type").asText() + "\": field is immutable"));
    }
    boolean changed =
        !before.path("data").equals(object.path("data"))
            || !object.path("immutable").asBoolean(false);
    if (before.path("immutable").asBoolean(false) && changed) {
      causes.add(
          new Cause(
              "FieldValueForbidden",
              "data",
              "Forbidden: field is immutable when `immutable` is set"));
    }
  }

  private static boolean isBase64(JsonNode value) {
    try {
      return value.isNull()
          || (value.isTextual() && Base64.getDecoder().decode(value.asText()) != null);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
