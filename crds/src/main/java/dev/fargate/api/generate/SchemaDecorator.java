package dev.fargate.api.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.ExactlyOne;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Numbers;
import dev.fargate.api.schema.Values;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Adds to a generated schema what the fabric8 generator has no words for: descriptions, enums of
 * string fields, kinds of lists, choices, and the schema of conditions. It walks the Java types
 * beside the schema.
 */
final class SchemaDecorator {

  /** Adds to the schema of a whole kind. */
  void decorate(Class<? extends CustomResource<?, ?>> kind, JSONSchemaProps root) {
    root.setDescription(Descriptions.ofKind(kind));
    Type[] specAndStatus =
        ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    JSONSchemaProps spec = root.getProperties().get("spec");
    spec.setDescription("What you want.");
    object((Class<?>) specAndStatus[0], spec);
    JSONSchemaProps status = root.getProperties().get("status");
    status.setDescription("What is, written by the operator.");
    // An object that the operator has not seen must not look finished: by the rules of kstatus
    // (Flux,
    // kpt) one without a status is Current, and one whose generation was not observed is not.
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    object((Class<?>) specAndStatus[1], status);
    root.setRequired(List.of("spec"));
  }

  private void object(Class<?> type, JSONSchemaProps schema) {
    if (type == Condition.class) {
      ConditionSchema.fill(schema);
      return;
    }
    if (type.isAnnotationPresent(ExactlyOne.class)) {
      schema.setMinProperties(1L);
      schema.setMaxProperties(1L);
    }
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        JSONSchemaProps property = schema.getProperties().get(field.getName());
        if (property == null) {
          throw new IllegalStateException(field + " is not in the generated schema");
        }
        field(field, property);
      }
    }
  }

  private void field(Field field, JSONSchemaProps schema) {
    Doc doc = field.getAnnotation(Doc.class);
    if (doc == null) {
      throw new IllegalStateException(field + " has no @Doc");
    }
    schema.setDescription(Descriptions.ofField(doc));
    items(field.getAnnotation(Items.class), schema);
    JSONSchemaProps scalar =
        List.class.isAssignableFrom(field.getType()) ? schema.getItems().getSchema() : schema;
    Values values = field.getAnnotation(Values.class);
    if (values != null) {
      scalar.setEnum(enumOf(Arrays.asList(values.value())));
    }
    Numbers numbers = field.getAnnotation(Numbers.class);
    if (numbers != null) {
      List<JsonNode> nodes = new ArrayList<>();
      Arrays.stream(numbers.value())
          .mapToObj(JsonNodeFactory.instance::numberNode)
          .forEach(nodes::add);
      scalar.setEnum(nodes);
    }
    nested(field.getGenericType(), schema);
  }

  private static void items(Items items, JSONSchemaProps schema) {
    if (items == null) {
      if ("array".equals(schema.getType())) {
        throw new IllegalStateException("a list without @Items: " + schema.getDescription());
      }
      return;
    }
    schema.setXKubernetesListType(items.value().name().toLowerCase(java.util.Locale.ROOT));
    if (items.value() == Items.Kind.MAP) {
      schema.setXKubernetesListMapKeys(List.of(items.key()));
    }
  }

  private void nested(Type type, JSONSchemaProps schema) {
    if (type instanceof ParameterizedType generic) {
      Class<?> container = (Class<?>) generic.getRawType();
      if (List.class.isAssignableFrom(container)) {
        nested(generic.getActualTypeArguments()[0], schema.getItems().getSchema());
      } else if (Map.class.isAssignableFrom(container)) {
        nested(generic.getActualTypeArguments()[1], schema.getAdditionalProperties().getSchema());
      }
    } else if (type instanceof Class<?> plain && "object".equals(schema.getType())) {
      object(plain, schema);
    }
  }

  private static List<JsonNode> enumOf(List<String> values) {
    List<JsonNode> nodes = new ArrayList<>();
    values.forEach(value -> nodes.add(JsonNodeFactory.instance.textNode(value)));
    return nodes;
  }
}
