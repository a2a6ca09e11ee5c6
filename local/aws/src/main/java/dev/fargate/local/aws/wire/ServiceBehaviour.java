package dev.fargate.local.aws.wire;

import java.util.Set;

/**
 * The behaviour of one AWS service. Each call is decoded and validated against AWS's model before
 * it gets here and runs under the one lock of the {@link dev.fargate.local.aws.time.Scheduler}: an
 * implementation needs no synchronisation of its own and must not block.
 */
public interface ServiceBehaviour {
  /**
   * The service name in a signature's credential scope, for example {@code elasticloadbalancing}.
   */
  String signingName();

  /** The operations that work; any other modelled operation is refused as not supported. */
  Set<String> operations();

  /**
   * Runs one operation.
   *
   * @return the output structure; empty when the operation returns nothing
   * @throws AwsException the error AWS would answer
   */
  Struct handle(String operation, Struct input, Caller caller);
}
