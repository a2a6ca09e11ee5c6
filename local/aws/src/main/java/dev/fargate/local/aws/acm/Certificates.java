package dev.fargate.local.aws.acm;

import dev.fargate.local.aws.time.Scheduler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The certificates of the account, and the keys that stand behind them here. Keys are made when
 * they are first needed, and are gone with the endpoint. May be used by any thread.
 */
public final class Certificates {
  private final Map<String, Certificate> issued = new LinkedHashMap<>();
  private final Map<String, Identity> identities = new ConcurrentHashMap<>();
  private final Instant issuedAt;

  /** All of them issued now. */
  public Certificates(Scheduler scheduler, List<Certificate> all) {
    all.forEach(certificate -> issued.put(certificate.arn(), certificate));
    issuedAt = scheduler.now();
  }

  public boolean exist(String arn) {
    return issued.containsKey(arn);
  }

  public Optional<Certificate> find(String arn) {
    return Optional.ofNullable(issued.get(arn));
  }

  List<Certificate> all() {
    return List.copyOf(issued.values());
  }

  Instant issuedAt() {
    return issuedAt;
  }

  /**
   * @throws IllegalArgumentException when the account has no such certificate
   */
  public Identity identity(String arn) {
    Certificate certificate =
        find(arn).orElseThrow(() -> new IllegalArgumentException("no certificate " + arn));
    return identities.computeIfAbsent(arn, key -> SelfSigned.make(certificate, issuedAt));
  }
}
