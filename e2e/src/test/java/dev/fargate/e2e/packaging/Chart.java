package dev.fargate.e2e.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chart as Helm renders it, release {@value #RELEASE} in namespace {@value #NAMESPACE}.
 *
 * @param objects in the order of Helm's output
 */
record Chart(List<ObjectNode> objects) {
  static final String RELEASE = "fargate-operator";
  static final String NAMESPACE = "fargate-operator";

  /** The one value that has no default. */
  static final Map<String, Object> OWNER = Map.of("ownerId", "example");

  /**
   * Renders it.
   *
   * @param values by path, as after {@code --set}
   * @throws IllegalStateException with Helm's words when it refuses
   */
  static Chart rendered(Map<String, ?> values) {
    TemplateCommand command =
        new Helm(Repository.chart())
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion("1.32.0");
    values.forEach(command::set);
    return new Chart(Repository.documents(command.call()));
  }

  /** Renders it with an owner id and these. */
  static Chart with(Map<String, ?> values) {
    Map<String, Object> all = new java.util.HashMap<>(OWNER);
    all.putAll(values);
    return rendered(all);
  }

  List<String> kinds() {
    return objects.stream().map(object -> object.path("kind").asText()).sorted().toList();
  }

  Optional<ObjectNode> find(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).findFirst();
  }

  /** The only object of a kind. */
  ObjectNode the(String kind) {
    return find(kind).orElseThrow(() -> new AssertionError("no " + kind + " among " + kinds()));
  }

  JsonNode podSpec() {
    return the("Deployment").at("/spec/template/spec");
  }

  JsonNode container() {
    return podSpec().at("/containers/0");
  }

  /** The value of an environment variable of the operator; empty when it has none. */
  String env(String name) {
    for (JsonNode variable : container().path("env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable.path("value").asText();
      }
    }
    return "";
  }
}
