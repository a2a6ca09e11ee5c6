package dev.fargate.local.aws.parameters;

import java.util.Optional;

/** How a starting task reads the parameters that its definition's {@code secrets[]} name. */
public interface ParameterValues {
  /**
   * @param nameOrArn as {@code valueFrom} has it
   * @return the plain value, also of a SecureString; empty when there is no such parameter
   */
  Optional<String> value(String nameOrArn);
}
