package dev.fargate.local.kube.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import dev.fargate.local.kube.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as CEL sees them, after their schema. */
final class CelValues {
  private static final long SECOND = 1_000_000_000L;
  private static final Pattern DURATION_PART = Pattern.compile("([0-9.]+)(ns|us|ms|s|m|h|d|w)");
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "ns", BigDecimal.ONE,
          "us", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(SECOND),
          "m", BigDecimal.valueOf(60 * SECOND),
          "h", BigDecimal.valueOf(3_600 * SECOND),
          "d", BigDecimal.valueOf(86_400 * SECOND),
          "w", BigDecimal.valueOf(604_800 * SECOND));

  private CelValues() {}

  /** The value; what the schema does not tell apart is taken as it is. */
  static Object of(Schema schema, JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> object(schema, value);
      case ARRAY -> list(schema, value);
      case STRING -> text(schema, value.asText());
      case BOOLEAN -> value.asBoolean();
      case NUMBER -> number(schema, value);
      default -> NullValue.NULL_VALUE;
    };
  }

  private static Object number(Schema schema, JsonNode value) {
    boolean whole = value.isIntegralNumber() || schema.type().equals("integer");
    return whole && !schema.type().equals("number")
        ? (Object) value.asLong()
        : (Object) value.asDouble();
  }

  private static List<Object> list(Schema schema, JsonNode value) {
    List<Object> items = new ArrayList<>();
    value.forEach(item -> items.add(of(schema.item(), item)));
    return items;
  }

  private static Map<String, Object> object(Schema schema, JsonNode value) {
    boolean struct = !schema.properties().isEmpty();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      String key = struct ? CelNames.escape(name).orElse(name) : name;
      fields.put(key, of(schema.field(name), entry.getValue()));
    }
    return fields;
  }

  private static Object text(Schema schema, String text) {
    if (!schema.type().equals("string")) {
      return text;
    }
    return switch (schema.keyword("format").asText("")) {
      case "date-time" -> timestamp(OffsetDateTime.parse(text).toInstant());
      case "date" -> timestamp(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      case "duration" -> duration(text);
      case "byte" -> ByteString.copyFrom(Base64.getDecoder().decode(text));
      default -> text;
    };
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** Reads {@code 1h30m}; the format was checked before. */
  private static Duration duration(String text) {
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = DURATION_PART.matcher(text);
    while (part.find()) {
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(NANOS.get(part.group(2))));
    }
    long total = text.startsWith("-") ? nanos.negate().longValue() : nanos.longValue();
    return Duration.newBuilder()
        .setSeconds(total / SECOND)
        .setNanos((int) (total % SECOND))
        .build();
  }
}
