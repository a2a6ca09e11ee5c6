package dev.fargate.api.v1alpha1;

/**
 * The rule for the names of objects of all kinds, because AWS names, DNS names and log groups are
 * made from them.
 */
final class ObjectNames {

  static final String RULE = "size(self.metadata.name) <= 63 && !self.metadata.name.contains('.')";

  static final String MESSAGE =
      "AWS and DNS names are made from the object's name: choose one of at most 63 characters"
          + " without dots";

  private ObjectNames() {}
}
