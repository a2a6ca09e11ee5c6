package dev.fargate.local.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By which field the items of built-in kinds' lists are told apart; all other lists are replaced
 * whole.
 */
final class MergeKeys {
  /**
   * Several keys: the first that every item has, since a container's ports and a service's ports
   * share their name.
   */
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("volumeDevices", List.of("devicePath")),
          Map.entry("ports", List.of("containerPort", "port")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("secrets", List.of("name")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey")),
          Map.entry("conditions", List.of("type")),
          Map.entry("ownerReferences", List.of("uid")));

  private MergeKeys() {}

  static Optional<String> of(String list, JsonNode patch, JsonNode target) {
    return KEYS.getOrDefault(list, List.of()).stream()
        .filter(key -> all(patch, key) && all(target, key))
        .findFirst();
  }

  private static boolean all(JsonNode list, String key) {
    for (JsonNode item : list) {
      if (!item.has(key)) {
        return false;
      }
    }
    return true;
  }
}
