package dev.fargate.operator.status;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the rollback alarms ended a rollout. */
final class AlarmCause {
  private static final String FAILED = "deployment failed: ";

  /** ECS's event about it (AWS-FACTS 4.5 has those of other failures). */
  private static final String ALARM = FAILED + "alarm detected";

  private static final String WAS_RAISED = " (spec.rollout.rollbackAlarms) was raised meanwhile.";

  private final Observed observed;

  AlarmCause(Observed observed) {
    this.observed = observed;
  }

  /** The names in CloudWatch, of the service as it is; empty where no alarm ends a rollout. */
  static List<String> names(Observed observed) {
    return observed.resources().stream()
        .filter(resource -> resource.actual() instanceof Service)
        .flatMap(resource -> ((Service) resource.actual()).deployment().rollbackAlarms().stream())
        .toList();
  }

  /**
   * Of the newest deployment that failed; empty when no alarm ended it.
   *
   * @param known what was told of it before; null when nothing was. It stays: the alarm may be over
   */
  Optional<Cause> find(Cause known) {
    if (known != null && known.reason() == Reason.ALARM_RAISED && !known.equals(unnamed())) {
      return Optional.of(known);
    }
    boolean ended =
        observed.rollout().events().stream()
            .filter(event -> event.contains(FAILED))
            .findFirst()
            .filter(event -> event.contains(ALARM))
            .isPresent();
    return ended
        ? raised().findFirst().map(AlarmCause::told).or(() -> Optional.of(unnamed()))
        : Optional.empty();
  }

  private Stream<MetricAlarm> raised() {
    List<String> names = names(observed);
    return observed.resources().stream()
        .map(resource -> resource.actual())
        .filter(MetricAlarm.class::isInstance)
        .map(MetricAlarm.class::cast)
        .filter(alarm -> names.contains(alarm.name()))
        .filter(
            alarm ->
                alarm.state() != null && MetricAlarm.State.RAISED.equals(alarm.state().value()));
  }

  private static Cause told(MetricAlarm alarm) {
    return Cause.of(
        Reason.ALARM_RAISED, "Alarm " + alarm.id().name() + WAS_RAISED, alarm.state().reason());
  }

  /** While CloudWatch has not been read since; it may be over by then. */
  private Cause unnamed() {
    List<String> names =
        names(observed).stream().map(name -> name.substring(name.lastIndexOf('/') + 1)).toList();
    return new Cause(
        Reason.ALARM_RAISED,
        (names.size() == 1 ? "Alarm " : "One of the alarms ")
            + String.join(", ", names)
            + WAS_RAISED);
  }
}
