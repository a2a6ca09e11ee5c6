package dev.fargate.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A state that an object really came to.
 *
 * @param name in words, unique per kind; a fixture's file name is made of it
 * @param object as the API server shows it
 * @param kstatus what it must be by kstatus; null: it need only agree with the others
 * @param health what Argo CD must show; null: it need only agree with the others
 * @param reason the reason of Ready; empty when there is none yet, null when it does not matter
 */
record State(String name, ObjectNode object, Kstatus.Result kstatus, String health, String reason) {
  String kind() {
    return object.path("kind").asText();
  }

  String fileName() {
    return name.replace(' ', '-').replace(",", "") + ".yaml";
  }

  /** A condition's node; missing when the object has none of that type. */
  static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return object.path("no such condition");
  }

  static boolean isTrue(JsonNode object, String type) {
    return condition(object, type).path("status").asText().equals("True");
  }

  @Override
  public String toString() {
    return kind() + " " + name;
  }
}
