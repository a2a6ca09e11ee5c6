package dev.fargate.api.generate;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference of a kind as Markdown: one table per object, read off the schema. */
final class ReferencePage {

  private final StringBuilder page = new StringBuilder();

  private ReferencePage() {}

  static String of(CustomResourceDefinition crd) {
    ReferencePage reference = new ReferencePage();
    reference.head(crd);
    JSONSchemaProps root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    reference.rules(rulesOf(root));
    reference.object("spec", root.getProperties().get("spec"));
    reference.object("status", root.getProperties().get("status"));
    return reference.page.toString();
  }

  private void head(CustomResourceDefinition crd) {
    CustomResourceDefinitionNames names = crd.getSpec().getNames();
    var version = crd.getSpec().getVersions().get(0);
    page.append("<!-- Generated: ").append(GeneratedFiles.COMMAND).append(" -->\n");
    page.append("# ").append(names.getKind()).append("\n\n");
    page.append(version.getSchema().getOpenAPIV3Schema().getDescription()).append("\n\n");
    page.append("| | |\n|---|---|\n");
    row("apiVersion", crd.getSpec().getGroup() + "/" + version.getName());
    row("scope", crd.getSpec().getScope());
    row("short name", String.join(", ", names.getShortNames()));
    row("category", String.join(", ", names.getCategories()));
    row(
        "columns",
        version.getAdditionalPrinterColumns().stream()
            .map(c -> c.getName() + (c.getPriority() == null ? "" : " (wide)"))
            .collect(Collectors.joining(", ")));
    page.append('\n');
  }

  private void row(String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private void object(String path, JSONSchemaProps schema) {
    Map<String, JSONSchemaProps> inner = new LinkedHashMap<>();
    page.append("## ").append(path).append("\n\n").append(schema.getDescription()).append("\n\n");
    JSONSchemaProps fields = schema.getItems() == null ? schema : schema.getItems().getSchema();
    if (fields.getMinProperties() != null && fields.getMaxProperties() != null) {
      page.append("Exactly one of these is set.\n\n");
    }
    if (fields.getProperties() == null || fields.getProperties().isEmpty()) {
      page.append("It has no fields.\n\n");
      return;
    }
    page.append("| field | type | |\n|---|---|---|\n");
    fields
        .getProperties()
        .forEach(
            (name, field) -> {
              page.append("| `").append(name).append("` | ");
              page.append(cell(type(field))).append(required(fields, name)).append(" | ");
              page.append(cell(field.getDescription())).append(" |\n");
              if (isObject(field)) {
                inner.put(path + "." + name + (field.getItems() == null ? "" : "[]"), field);
              }
            });
    page.append('\n');
    List<ValidationRule> refused = new ArrayList<>(rulesOf(fields));
    fields.getProperties().values().stream()
        .filter(field -> !isObject(field))
        .forEach(field -> refused.addAll(rulesOf(field)));
    rules(refused);
    inner.forEach(this::object);
  }

  private void rules(List<ValidationRule> rules) {
    if (!rules.isEmpty()) {
      page.append("Refused by the API server, with these words:\n\n");
      rules.forEach(rule -> page.append("- ").append(rule.getMessage()).append('\n'));
      page.append('\n');
    }
  }

  private static List<ValidationRule> rulesOf(JSONSchemaProps schema) {
    List<ValidationRule> rules = schema.getXKubernetesValidations();
    return rules == null ? List.of() : rules;
  }

  private static boolean isObject(JSONSchemaProps field) {
    JSONSchemaProps one = field.getItems() == null ? field : field.getItems().getSchema();
    return "object".equals(one.getType()) && one.getAdditionalProperties() == null;
  }

  private static String required(JSONSchemaProps holder, String name) {
    return holder.getRequired() != null && holder.getRequired().contains(name)
        ? ", **required**"
        : "";
  }

  private static String type(JSONSchemaProps field) {
    List<String> parts = new ArrayList<>();
    if (field.getItems() != null) {
      String kind = field.getXKubernetesListType();
      parts.add(
          "map".equals(kind)
              ? "list by " + field.getXKubernetesListMapKeys().get(0)
              : kind.equals("set") ? "set" : "list");
      parts.add("at most " + field.getMaxItems());
      if (!isObject(field)) {
        parts.add("of " + type(field.getItems().getSchema()));
      }
    } else if (field.getAdditionalProperties() != null) {
      parts.add("map, at most " + field.getMaxProperties());
    } else if (field.getEnum() != null && !field.getEnum().isEmpty()) {
      parts.add(
          field.getEnum().stream()
              .map(JsonNode::asText)
              .map(v -> "`" + v + "`")
              .collect(Collectors.joining(" \\| ")));
    } else {
      parts.add(field.getType());
      if (field.getMinimum() != null && field.getMaximum() != null) {
        parts.add(field.getMinimum().longValue() + " to " + field.getMaximum().longValue());
      }
      if (field.getMaxLength() != null) {
        parts.add("at most " + field.getMaxLength() + " characters");
      }
      if (field.getPattern() != null) {
        parts.add("`" + field.getPattern().replace("|", "\\|") + "`");
      }
    }
    if (field.getDefault() != null) {
      parts.add("default `" + field.getDefault().asText() + "`");
    }
    return String.join(", ", parts);
  }

  /** A pipe would end the cell, an angle bracket would vanish as a tag. */
  private static String cell(String text) {
    return text.replace("<", "&lt;").replace("\n", " ");
  }
}
