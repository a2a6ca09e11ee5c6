package dev.fargate.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What API.md asks of every field of every kind. */
class SchemaRulesTest {

  /** Names that CEL expressions cannot use without escaping. */
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  /**
   * Functions that only a Kubernetes API server has, so that no test of ours would see them fail.
   */
  private static final List<String> KUBERNETES_ONLY =
      List.of(
          "quantity(",
          "isQuantity(",
          "url(",
          "isURL(",
          "cidr(",
          "isCIDR(",
          "ip(",
          "isIP(",
          "format.",
          "authorizer",
          "isSorted(",
          ".sum(",
          ".min(",
          ".max(",
          ".indexOf(",
          ".find(",
          ".findAll(",
          ".split(",
          ".join(",
          ".replace(",
          ".substring(",
          ".trim(",
          ".lowerAscii(",
          ".upperAscii(",
          ".charAt(",
          ".orValue(",
          ".?",
          "optional.",
          "sets.",
          "semver(");

  private final Map<String, JSONSchemaProps> schemas = Schemas.all();

  @Test
  void everyStringHasALargestLength() {
    assertThat(
            where(
                schema ->
                    "string".equals(schema.getType())
                        && schema.getMaxLength() == null
                        && (schema.getEnum() == null || schema.getEnum().isEmpty())))
        .isEmpty();
  }

  @Test
  void everyListHasALargestSizeAndAKind() {
    assertThat(
            where(
                schema ->
                    "array".equals(schema.getType())
                        && (schema.getMaxItems() == null
                            || schema.getXKubernetesListType() == null)))
        .isEmpty();
  }

  /**
   * The API server fills it into the list, and tools that compare lists of custom resources whole
   * (Argo CD's default diff) then see a difference for ever.
   */
  @Test
  void noFieldInAListHasADefault() {
    List<String> defaults = where(schema -> schema.getDefault() != null);
    defaults.removeIf(path -> !path.contains("[]"));
    assertThat(defaults).isEmpty();
  }

  @Test
  void anObjectThatTheOperatorHasNotSeenHasObservedNoGeneration() {
    assertThat(
            where(
                schema ->
                    schema.getDefault() != null
                        && schema.getDefault().toString().equals("{\"observedGeneration\":-1}")))
        .containsExactlyInAnyOrder(
            "FargateApp.status", "FargateDatabase.status", "FargateEnvironment.status");
  }

  @Test
  void everyMapHasALargestSize() {
    assertThat(
            where(
                schema ->
                    schema.getAdditionalProperties() != null && schema.getMaxProperties() == null))
        .isEmpty();
  }

  @Test
  void everyNumberThatAUserWritesHasASmallestAndALargestValue() {
    List<String> unbounded =
        where(
            schema ->
                "integer".equals(schema.getType())
                    && (schema.getEnum() == null || schema.getEnum().isEmpty())
                    && (schema.getMinimum() == null || schema.getMaximum() == null));
    unbounded.removeIf(path -> path.contains(".status"));
    assertThat(unbounded).isEmpty();
  }

  @Test
  void thereAreNoFloatsAndNoUntypedFields() {
    assertThat(
            where(
                schema ->
                    !Set.of("object", "array", "string", "integer", "boolean")
                        .contains(String.valueOf(schema.getType()))))
        .isEmpty();
    assertThat(where(schema -> Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())))
        .isEmpty();
  }

  @Test
  void everyFieldIsDescribed() {
    List<String> silent =
        where(schema -> schema.getDescription() == null || schema.getDescription().isBlank());
    silent.removeIf(path -> path.endsWith("[]") || path.endsWith("{}"));
    assertThat(silent).isEmpty();
  }

  @Test
  void noFieldHasANameThatCelReserves() {
    List<String> reserved = new ArrayList<>(schemas.keySet());
    reserved.removeIf(path -> !RESERVED.contains(path.substring(path.lastIndexOf('.') + 1)));
    assertThat(reserved).isEmpty();
  }

  @Test
  void everyKeyOfAListMapIsRequired() {
    assertThat(
            where(
                schema ->
                    "map".equals(schema.getXKubernetesListType())
                        && !schema
                            .getItems()
                            .getSchema()
                            .getRequired()
                            .containsAll(schema.getXKubernetesListMapKeys())))
        .isEmpty();
  }

  @Test
  void everyRuleIsStandardCelAndSaysWhatToDo() {
    List<ValidationRule> rules = new ArrayList<>();
    schemas.values().stream()
        .map(JSONSchemaProps::getXKubernetesValidations)
        .filter(list -> list != null)
        .forEach(rules::addAll);
    assertThat(rules).hasSizeGreaterThan(20);
    for (ValidationRule rule : rules) {
      assertThat(rule.getMessage()).as(rule.getRule()).isNotBlank().doesNotContain("\n");
      assertThat(KUBERNETES_ONLY).as(rule.getRule()).noneMatch(rule.getRule()::contains);
    }
  }

  @Test
  void everyFieldOfASpecSaysWhatEditingItDoes() {
    List<String> silent = new ArrayList<>();
    for (Class<? extends CustomResource<?, ?>> kind : GeneratedFiles.KINDS) {
      Type spec = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments()[0];
      for (Field field : fieldsBelow((Class<?>) spec, new LinkedHashSet<>())) {
        if (field.getAnnotation(Doc.class).edit() == Edit.UNSPECIFIED && !holdsObjects(field)) {
          silent.add(field.toString());
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void theAppHasAScaleSubresourceAndEveryKindAStatus() {
    for (Class<? extends CustomResource<?, ?>> kind : GeneratedFiles.KINDS) {
      CustomResourceDefinition crd = CrdBuilder.build(kind);
      assertThat(Schemas.version(crd).getSubresources().getStatus()).as(crd.getKind()).isNotNull();
    }
    var scale =
        Schemas.version(CrdBuilder.build(dev.fargate.api.v1alpha1.FargateApp.class))
            .getSubresources()
            .getScale();
    assertThat(scale.getSpecReplicasPath()).isEqualTo(".spec.replicas");
    assertThat(scale.getStatusReplicasPath()).isEqualTo(".status.replicas");
    assertThat(scale.getLabelSelectorPath()).isEqualTo(".status.selector");
  }

  private List<String> where(Predicate<JSONSchemaProps> wrong) {
    List<String> paths = new ArrayList<>();
    schemas.forEach(
        (path, schema) -> {
          if (!path.endsWith(".metadata") && wrong.test(schema)) {
            paths.add(path);
          }
        });
    return paths;
  }

  private static Set<Field> fieldsBelow(Class<?> type, Set<Field> found) {
    for (Field field : type.getFields()) {
      if (found.add(field) && holdsObjects(field)) {
        fieldsBelow(objectIn(field.getGenericType()), found);
      }
    }
    return found;
  }

  private static boolean holdsObjects(Field field) {
    return objectIn(field.getGenericType()) != null;
  }

  /** The class of the objects that a field holds, alone or in a list; null if it holds scalars. */
  private static Class<?> objectIn(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return objectIn(arguments[arguments.length - 1]);
    }
    return type instanceof Class<?> plain && plain.isAnnotationPresent(ApiObject.class)
        ? plain
        : null;
  }
}
