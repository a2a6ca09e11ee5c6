package dev.fargate.local.aws.cloudmap;

import java.util.Locale;
import java.util.Random;

/** Random-looking ids from one seed, so that two runs of a test give the same ones. */
final class Ids {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int RESOURCE_LENGTH = 16;
  private static final int OPERATION_LENGTH = 32;

  private final Random random = new Random(20261121);

  String namespace() {
    return "ns-" + text(RESOURCE_LENGTH);
  }

  String service() {
    return "srv-" + text(RESOURCE_LENGTH);
  }

  String operation() {
    return text(OPERATION_LENGTH) + "-" + text(8);
  }

  String hostedZone() {
    return "Z" + text(20).toUpperCase(Locale.ROOT);
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
