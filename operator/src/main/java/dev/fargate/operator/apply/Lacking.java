package dev.fargate.operator.apply;

/** What the AWS account has to provide and does not: only its administrator can. */
public sealed interface Lacking {
  /**
   * A right that the operator's role lacks.
   *
   * @param action as in a policy, for example {@code ecs:CreateService}
   * @param resource the ARN that it was refused on; null when AWS does not tell
   */
  record Right(String action, String resource) implements Lacking {}

  /**
   * A service-linked role that does not exist and that the operator may not make.
   *
   * @param service its principal, for example {@code ecs.amazonaws.com}
   */
  record ServiceLinkedRole(String service) implements Lacking {}
}
