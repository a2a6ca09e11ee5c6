package dev.fargate.local.aws.call;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One call as the endpoint saw it.
 *
 * @param service as in the signature, for example {@code elasticloadbalancing}
 * @param principal who called: access key id or assumed role ARN
 * @param error the error code answered; empty when the call succeeded
 * @param input without the values that AWS's model calls sensitive; empty when it was not readable
 */
public record Call(
    String service,
    String operation,
    String principal,
    Instant time,
    Optional<String> error,
    Struct input) {
  private static final Pattern READ = Pattern.compile("(Describe|List|Get|Discover|Filter).*");

  /** As in an IAM policy, for example {@code ecs:CreateService}. */
  public String name() {
    return service + ":" + operation;
  }

  /** Whether the operation may change something, failed or not. */
  public boolean isWrite() {
    return !READ.matcher(operation).matches() && !name().equals("sts:AssumeRole");
  }
}
