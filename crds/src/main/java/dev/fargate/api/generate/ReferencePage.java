package dev.fargate.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;

/** The reference of a kind as Markdown. */
final class ReferencePage {

  private ReferencePage() {}

  static String of(CustomResourceDefinition crd) {
    return crd.getKind();
  }
}
