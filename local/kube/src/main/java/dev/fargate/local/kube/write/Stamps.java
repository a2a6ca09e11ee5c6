package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Meta;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Times, uids and generated names: everything in an object that comes from a clock or from chance.
 */
public final class Stamps {
  /** Kubernetes' alphabet for generated names: nothing that spells words or looks alike. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX_LENGTH = 5;

  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Stamps from a clock and a source of chance; with a seeded one a run can be repeated exactly.
   */
  public Stamps(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** The time as Kubernetes writes it. */
  public String now() {
    return Meta.time(clock.instant());
  }

  /** A new uid, a version 4 UUID. */
  String uid() {
    long high = random.nextLong() & 0xffffffffffff0fffL | 0x4000L;
    long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  void nameIfGenerated(ObjectNode meta) {
    String prefix = meta.path("generateName").asText("");
    if (!meta.path("name").asText("").isEmpty() || prefix.isEmpty()) {
      return;
    }
    StringBuilder name = new StringBuilder(prefix);
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    meta.put("name", name.toString());
  }
}
