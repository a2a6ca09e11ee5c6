package dev.fargate.local.aws.secrets;

/** How a starting task reads what its definition's {@code secrets[].valueFrom} names. */
public interface SecretValues {
  /**
   * @param valueFrom a secret ARN, optionally with {@code :json-key:version-stage:version-id}
   * @return the plain value
   * @throws dev.fargate.local.aws.wire.AwsException ResourceNotFoundException and friends; ECS
   *     turns it into {@code ResourceInitializationError}
   */
  String resolve(String valueFrom);
}
