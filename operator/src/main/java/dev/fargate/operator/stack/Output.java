package dev.fargate.operator.stack;

/** What a resource yields once it exists, for others to refer to. */
public enum Output {
  ARN,
  /** The id where AWS addresses by id: group, namespace, Cloud Map service, hosted zone. */
  ID,
  NAME,
  DNS_NAME,
  CANONICAL_HOSTED_ZONE_ID,
  /** The last part of a load balancer or target group ARN, as metrics and scaling name it. */
  ARN_SUFFIX,
  /** The current version id of a secret. */
  VERSION_ID
}
