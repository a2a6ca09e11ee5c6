package dev.fargate.local.kube.resource;

import dev.fargate.local.kube.conform.Conformance;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.StatusError;

/**
 * One served resource in one version.
 *
 * @param custom whether a CustomResourceDefinition made it, with all that its schema asks
 */
public record ResourceType(
    GroupVersion version, Names names, Scope scope, Storage storage, Shape shape, boolean custom) {

  /** Whether objects live in a namespace. */
  public boolean namespaced() {
    return scope == Scope.NAMESPACED;
  }

  /** The schema, open for built-in kinds. */
  public Schema schema() {
    return shape.conformance().schema();
  }

  /** The schema with its rules. */
  public Conformance conformance() {
    return shape.conformance();
  }

  /** Whether the status is written only through {@code /status}. */
  public boolean hasStatus() {
    return shape.subresources().status();
  }

  /** What an error names: the plural and the object. */
  public StatusError.Subject subject(String name) {
    return new StatusError.Subject(version.group(), names.plural(), name);
  }

  /** What a validation error names: the kind and the object. */
  public StatusError.Subject kindSubject(String name) {
    return new StatusError.Subject(version.group(), names.kind(), name);
  }
}
