package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Evaluates every alarm once a minute, and tells those who want to hear of its new state. */
final class AlarmEngine {
  /** CloudWatch looks once a minute, whatever the period (of a minute or more). */
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final AlarmBook book;
  private final Measured measured;
  private final Metrics metrics;
  private final Notifications notifications;
  private final Scheduler scheduler;

  AlarmEngine(
      AlarmBook book,
      Measured measured,
      Metrics metrics,
      Notifications notifications,
      Scheduler scheduler) {
    this.book = book;
    this.measured = measured;
    this.metrics = metrics;
    this.notifications = notifications;
    this.scheduler = scheduler;
  }

  void begin() {
    scheduler.every(
        scheduler.scaled(EVERY),
        "evaluate alarms",
        () -> List.copyOf(book.all()).forEach(this::evaluate));
  }

  private void evaluate(Alarm alarm) {
    String id = alarm.queries.returned();
    int periods = alarm.settings.integer("EvaluationPeriods").orElseThrow();
    List<OptionalDouble> values =
        alarm.queries.last(id, periods + Verdict.FURTHER_BACK, measured, metrics);
    Duration period = scheduler.scaled(Duration.ofSeconds(alarm.queries.periodSeconds()));
    Verdict.of(alarm, values, scheduler.now(), period)
        .ifPresent(
            verdict -> {
              if (verdict.state() != alarm.state) {
                become(alarm, verdict.state(), verdict.reason(), verdict.data());
              }
            });
  }

  /** Gives an alarm a state; its actions run where that is another one. */
  void become(Alarm alarm, AlarmState state, String reason, String data) {
    AlarmState before = alarm.state;
    Instant now = scheduler.now();
    alarm.state = state;
    alarm.reason = reason;
    alarm.reasonData = data;
    alarm.updated = now;
    if (before == state) {
      return;
    }
    alarm.transitioned = now;
    alarm.note(
        now,
        "StateUpdate",
        "Alarm updated from " + before + " to " + state,
        Notice.transition(before, state, reason));
    if (alarm.actionsEnabled()) {
      alarm.actions(state).forEach(action -> act(alarm, action, before, now));
    }
  }

  /** What cannot be told is noted in the alarm's history, as in AWS; nothing else comes of it. */
  private void act(Alarm alarm, String action, AlarmState before, Instant now) {
    String summary = "Successfully executed action " + action;
    String state = "Succeeded";
    try {
      notifications.publish(action, Notice.subject(alarm), Notice.message(alarm, before, now));
    } catch (AwsException failure) {
      summary =
          "Failed to execute action "
              + action
              + ". Received error: \""
              + failure.getMessage()
              + "\"";
      state = "Failed";
    }
    alarm.note(now, "Action", summary, Notice.action(action, state, alarm));
  }
}
