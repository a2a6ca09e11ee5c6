package dev.fargate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The conditions of one object under construction. What is not set is absent afterwards; a
 * transition time moves only when the status does.
 */
public final class Conditions {
  private final Map<ConditionType, Condition> wanted = new EnumMap<>(ConditionType.class);
  private final List<Condition> previous;
  private final Long generation;
  private final Instant now;

  /**
   * @param previous the conditions now in status; not null
   */
  public Conditions(List<Condition> previous, Long generation, Instant now) {
    this.previous = List.copyOf(previous);
    this.generation = generation;
    this.now = now;
  }

  public Conditions isTrue(ConditionType type, Reason reason, String message) {
    return set(type, "True", reason, message);
  }

  public Conditions isFalse(ConditionType type, Reason reason, String message) {
    return set(type, "False", reason, message);
  }

  /** False for this message's sake: another message is another wait, with a time of its own. */
  Conditions isFalseFor(ConditionType type, Reason reason, String message) {
    isFalse(type, reason, message);
    Condition condition = wanted.get(type);
    boolean same =
        find(previous, type)
            .filter(before -> condition.getMessage().equals(before.getMessage()))
            .isPresent();
    if (!same) {
      condition.setLastTransitionTime(time());
    }
    return this;
  }

  public Conditions isUnknown(ConditionType type, Reason reason, String message) {
    return set(type, "Unknown", reason, message);
  }

  /**
   * What serves goes on serving while the rest is still to come. Ready stays as it was, with the
   * generation it was about: whoever waits for the new one waits on (docs/conditions.md).
   */
  public Conditions staysReady(String message) {
    isTrue(ConditionType.READY, Reason.AVAILABLE, message);
    Condition ready = wanted.get(ConditionType.READY);
    find(previous, ConditionType.READY)
        .map(Condition::getObservedGeneration)
        .ifPresent(ready::setObservedGeneration);
    return this;
  }

  /** Whether it was true before, and of the spec as it is now. */
  boolean wasTrue(ConditionType type) {
    return isTrue(previous, type)
        && find(previous, type)
            .filter(before -> Objects.equals(before.getObservedGeneration(), generation))
            .isPresent();
  }

  /** As it was before, of whatever spec; absent when it was. */
  Conditions keep(ConditionType type) {
    find(previous, type)
        .ifPresent(
            before ->
                wanted.put(
                    type, new ConditionBuilder(before).withObservedGeneration(generation).build()));
    return this;
  }

  /** Work goes on: not ready, and somebody should come back later. */
  public Conditions reconciling(Reason reason, String message) {
    return isTrue(ConditionType.RECONCILING, reason, message);
  }

  /** Nothing will happen without a person. Takes Reconciling away. */
  public Conditions stalled(Reason reason, String message) {
    wanted.remove(ConditionType.RECONCILING);
    return isTrue(ConditionType.STALLED, reason, message);
  }

  /** Whether it is set and not True. */
  boolean isOpen(ConditionType type) {
    Condition condition = wanted.get(type);
    return condition != null && !"True".equals(condition.getStatus());
  }

  /** In the order of {@link ConditionType}, which is stable. */
  public List<Condition> build() {
    if (wanted.containsKey(ConditionType.STALLED)) {
      wanted.remove(ConditionType.RECONCILING);
    }
    return new ArrayList<>(wanted.values());
  }

  /** The condition of this type in a list; empty when absent. */
  public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
    return conditions.stream().filter(c -> type.text().equals(c.getType())).findFirst();
  }

  public static boolean isTrue(List<Condition> conditions, ConditionType type) {
    return find(conditions, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  private Conditions set(ConditionType type, String status, Reason reason, String message) {
    String text = message == null ? reason.sentence() : OneLine.of(message);
    wanted.put(
        type,
        new ConditionBuilder()
            .withType(type.text())
            .withStatus(status)
            .withReason(reason.text())
            .withMessage(sameWords(type, text))
            .withObservedGeneration(generation)
            .withLastTransitionTime(transitionTime(type, status))
            .build());
    return this;
  }

  private String transitionTime(ConditionType type, String status) {
    return find(previous, type)
        .filter(
            before -> status.equals(before.getStatus()) && before.getLastTransitionTime() != null)
        .map(Condition::getLastTransitionTime)
        .orElseGet(this::time);
  }

  private String time() {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * The same words about another failed call keep the first request id: a status is not written
   * because AWS was asked once more.
   */
  private String sameWords(ConditionType type, String text) {
    return find(previous, type)
        .map(Condition::getMessage)
        .filter(before -> bare(before).equals(bare(text)))
        .orElse(text);
  }

  private static String bare(String message) {
    return message.replaceAll("\\(request [^)]*\\)", "");
  }
}
