package dev.fargate.local.aws.wire;

import java.util.Set;

/** Refuses what AWS has and this endpoint has not, so that nothing is silently accepted. */
public final class Unsupported {
  private Unsupported() {}

  /**
   * Refuses an input that has any other member than these.
   *
   * @throws AwsException NotImplemented (501), naming the member
   */
  public static void refuseOthers(String operation, Struct input, Set<String> supported) {
    for (String member : input.members().keySet()) {
      if (!supported.contains(member)) {
        throw refusal(operation + " with " + member);
      }
    }
  }

  /** The error that names what is missing, for example {@code CreateSecret with KmsKeyId}. */
  public static AwsException refusal(String what) {
    return new AwsException(
        "NotImplemented", "The local AWS endpoint does not support " + what, 501, Struct.of());
  }
}
