package dev.fargate.local.kube.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.fargate.local.kube.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The CEL types of schemas, so that a rule which a real server would not compile is refused here
 * too: unknown fields, comparing a number with a text. The values at run time are plain maps and
 * lists.
 */
final class CelTypes implements CelTypeProvider {
  private final Map<String, StructType> structs = new LinkedHashMap<>();

  /** The type of a schema; its struct types are known to this provider from then on. */
  CelType of(Schema schema, String name) {
    if (schema.intOrString()) {
      return SimpleType.DYN;
    }
    return switch (schema.type()) {
      case "string" -> text(schema);
      case "integer" -> SimpleType.INT;
      case "number" -> SimpleType.DOUBLE;
      case "boolean" -> SimpleType.BOOL;
      case "array" -> ListType.create(of(schema.item(), name + ".@items"));
      case "object" -> object(schema, name);
      default -> SimpleType.DYN;
    };
  }

  private static CelType text(Schema schema) {
    return switch (schema.keyword("format").asText("")) {
      case "date-time", "date" -> SimpleType.TIMESTAMP;
      case "duration" -> SimpleType.DURATION;
      case "byte" -> SimpleType.BYTES;
      default -> SimpleType.STRING;
    };
  }

  private CelType object(Schema schema, String name) {
    if (schema.properties().isEmpty() && schema.additionalProperties().isPresent()) {
      return MapType.create(
          SimpleType.STRING, of(schema.additionalProperties().get(), name + ".@values"));
    }
    Map<String, CelType> fields = new LinkedHashMap<>();
    schema
        .properties()
        .forEach(
            (property, below) ->
                CelNames.escape(property)
                    .filter(escaped -> reachable(below))
                    .ifPresent(escaped -> fields.put(escaped, of(below, name + "." + escaped))));
    StructType struct =
        StructType.create(
            name,
            ImmutableSet.copyOf(fields.keySet()),
            field -> Optional.ofNullable(fields.get(field)));
    structs.put(name, struct);
    return struct;
  }

  /** Rules cannot see a field without a type, as on a real server. */
  private static boolean reachable(Schema schema) {
    return !schema.type().isEmpty() || schema.intOrString();
  }

  @Override
  public ImmutableList<CelType> types() {
    return ImmutableList.copyOf(structs.values());
  }

  @Override
  public Optional<CelType> findType(String typeName) {
    return Optional.ofNullable(structs.get(typeName));
  }
}
