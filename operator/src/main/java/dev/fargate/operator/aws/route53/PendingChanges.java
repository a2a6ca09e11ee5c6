package dev.fargate.operator.aws.route53;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.NoSuchChangeException;

/**
 * The changes that Route 53's name servers do not all know yet. Kept in memory only: whoever starts
 * anew takes a name that is listed for one that resolves, which is so within a minute.
 */
public final class PendingChanges {
  /**
   * Asked in one look: Route 53 takes five requests a second of the whole account, and many apps
   * may wait at once.
   */
  private static final int ASKED_AT_ONCE = 3;

  private final Route53Client route53;

  /** Name to change id, the oldest first. */
  private final Map<String, String> pending = new LinkedHashMap<>();

  public PendingChanges(Route53Client route53) {
    this.route53 = route53;
  }

  synchronized void add(String key, String changeId) {
    pending.remove(key);
    pending.put(key, changeId);
  }

  synchronized void forget(String key) {
    pending.remove(key);
  }

  synchronized boolean contains(String key) {
    return pending.containsKey(key);
  }

  /** Asks Route 53 for the oldest. */
  void look() {
    Set<String> all;
    synchronized (this) {
      all = Set.copyOf(pending.keySet());
    }
    look(all);
  }

  /** Asks Route 53 for the oldest of these. */
  void look(Set<String> keys) {
    for (Map.Entry<String, String> change : oldest(keys).entrySet()) {
      if (isInSync(change.getValue())) {
        drop(change.getKey(), change.getValue());
      }
    }
  }

  private synchronized Map<String, String> oldest(Set<String> keys) {
    return pending.entrySet().stream()
        .filter(change -> keys.contains(change.getKey()))
        .limit(ASKED_AT_ONCE)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }

  private synchronized void drop(String key, String changeId) {
    pending.remove(key, changeId);
  }

  private boolean isInSync(String changeId) {
    try {
      return route53.getChange(request -> request.id(changeId)).changeInfo().status()
          == ChangeStatus.INSYNC;
    } catch (NoSuchChangeException forgotten) {
      // Route 53 keeps changes for a while only.
      return true;
    }
  }
}
