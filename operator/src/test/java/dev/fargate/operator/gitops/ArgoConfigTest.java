package dev.fargate.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** argocd-cm.yaml installs exactly the scripts that are tested. */
class ArgoConfigTest {
  private static final Path FILE = Shipped.argocd().resolve("argocd-cm.yaml");

  private static final String HEAD =
      """
      # Written from resource_customizations/ by a test; do not edit. Merge it into Argo CD's own ConfigMap:
      #   kubectl apply --server-side --field-manager=fargate -f gitops/argocd/argocd-cm.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: argocd-cm
        namespace: argocd
        labels:
          app.kubernetes.io/name: argocd-cm
          app.kubernetes.io/part-of: argocd
      data:
      """;

  @Test
  void itIsWhatResourceCustomizationsHold() throws IOException {
    String text = written();
    if (Fixtures.write()) {
      Files.writeString(FILE, text);
    }
    assertThat(Shipped.text(FILE)).as(Fixtures.HOW_TO_WRITE).isEqualTo(text);
  }

  @Test
  void argoReadsTheScriptsOutOfItAsTheyAre() throws IOException {
    Map<String, String> read = new TreeMap<>();
    Shipped.document(FILE)
        .path("data")
        .properties()
        .forEach(entry -> read(entry.getKey(), entry.getValue().asText(), read));
    Map<String, String> shipped = new TreeMap<>();
    for (String kind : Shipped.KINDS) {
      Path folder = Shipped.customization(kind);
      shipped.put(kind + " health", Shipped.text(folder.resolve("health.lua")));
      Path actions = folder.resolve("actions");
      if (Files.isDirectory(actions)) {
        shipped.put(kind + " discovery", Shipped.text(actions.resolve("discovery.lua")));
        for (Path action : ActionsTest.actions(kind)) {
          shipped.put(
              kind + " " + action.getFileName(), Shipped.text(action.resolve("action.lua")));
        }
      }
    }
    assertThat(read).isEqualTo(shipped);
  }

  private static void read(String key, String value, Map<String, String> read) {
    String kind = key.substring(key.lastIndexOf('_') + 1);
    if (key.startsWith("resource.customizations.health.fargate.dev_")) {
      read.put(kind + " health", value);
      return;
    }
    assertThat(key).startsWith("resource.customizations.actions.fargate.dev_");
    try {
      JsonNode actions = new YAMLMapper().readTree(value);
      read.put(kind + " discovery", actions.path("discovery.lua").asText());
      for (JsonNode action : actions.path("definitions")) {
        read.put(kind + " " + action.path("name").asText(), action.path("action.lua").asText());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String written() {
    StringBuilder text = new StringBuilder(HEAD);
    for (String kind : Shipped.KINDS) {
      Path folder = Shipped.customization(kind);
      text.append("  resource.customizations.health.fargate.dev_").append(kind).append(": |\n");
      text.append(Shipped.text(folder.resolve("health.lua")).indent(4));
      if (!Files.isDirectory(folder.resolve("actions"))) {
        continue;
      }
      text.append("  resource.customizations.actions.fargate.dev_").append(kind).append(": |\n");
      text.append("    discovery.lua: |\n");
      text.append(Shipped.text(folder.resolve("actions/discovery.lua")).indent(6));
      text.append("    definitions:\n");
      for (Path action : ActionsTest.actions(kind)) {
        text.append("    - name: ").append(action.getFileName()).append('\n');
        text.append("      action.lua: |\n");
        text.append(Shipped.text(action.resolve("action.lua")).indent(8));
      }
    }
    return text.toString().replaceAll("(?m)^ +$", "");
  }
}
