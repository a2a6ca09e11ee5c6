package dev.fargate.local.aws.ecs;

import java.util.Random;
import java.util.UUID;

/**
 * The random-looking ids of AWS from one seed: two runs of the same test give the same ids, so that
 * runs can be compared.
 */
final class Ids {
  private static final int TASK_ID_DIGITS = 32;
  private static final int DEPLOYMENT_ID_DIGITS = 19;

  private final Random random;

  Ids(long seed) {
    this.random = new Random(seed);
  }

  /** 32 hexadecimal digits, as task ids have. */
  String task() {
    return digits(TASK_ID_DIGITS, 16);
  }

  /** {@code ecs-svc/} and 19 digits. */
  String deployment() {
    return "ecs-svc/" + digits(DEPLOYMENT_ID_DIGITS, 10);
  }

  /** 21 characters, as in the ARN of a service deployment. */
  String serviceDeployment() {
    return digits(21, 36);
  }

  String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private String digits(int count, int radix) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      // A leading zero would shorten the number where somebody parses it.
      int digit = i == 0 ? 1 + random.nextInt(radix - 1) : random.nextInt(radix);
      text.append(Character.forDigit(digit, radix));
    }
    return text.toString();
  }
}
