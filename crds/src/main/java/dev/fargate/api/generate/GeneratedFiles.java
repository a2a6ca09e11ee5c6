package dev.fargate.api.generate;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All files that are generated from the Java types and committed. */
final class GeneratedFiles {

  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(FargateApp.class, FargateDatabase.class, FargateEnvironment.class);

  /** How to write them anew. */
  static final String COMMAND = "mvn -q -pl crds compile exec:java@generate";

  private static final String HEADER =
      "# Generated from the Java types beside this file; change those, then run: " + COMMAND + "\n";

  private GeneratedFiles() {}

  /** Path from the root of the repository to content. */
  static Map<String, String> all() {
    Map<String, String> files = new LinkedHashMap<>();
    for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
      CustomResourceDefinition crd = CrdBuilder.build(kind);
      String name = "crds/" + crd.getSpec().getNames().getPlural() + ".yaml";
      files.put(name, HEADER + CrdYaml.of(crd));
      // Helm packages no links, so the chart has copies.
      files.put("helm/fargate-operator/" + name, HEADER + CrdYaml.of(crd));
      files.put(
          "docs/reference/" + crd.getSpec().getNames().getSingular() + ".md",
          ReferencePage.of(crd));
      files.put(JsonSchema.path(crd), JsonSchema.of(crd));
    }
    return files;
  }
}
