package dev.fargate.local.kube.schema;

/** {@code x-kubernetes-list-type}: how a list is merged and who owns what in it. */
public enum ListType {
  /** One value, replaced whole. */
  ATOMIC,
  /** Scalars without duplicates. */
  SET,
  /** Objects told apart by their keys. */
  MAP
}
