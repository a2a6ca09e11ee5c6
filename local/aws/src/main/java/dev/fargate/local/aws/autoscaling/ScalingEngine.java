package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.autoscaling.TargetTracking.Signal;
import dev.fargate.local.aws.ecs.ServiceCounts;
import dev.fargate.local.aws.ecs.ServiceCounts.Counts;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Evaluates the alarms of every scalable target once a period and scales its service. */
final class ScalingEngine {
  /** How often running tasks are noted within a period, so that its average is about right. */
  private static final int NOTES_PER_PERIOD = 4;

  private final Scheduler scheduler;
  private final ServiceCounts services;
  private final Metrics metrics;
  private final AutoScalingState state;

  ScalingEngine(
      Scheduler scheduler, ServiceCounts services, Metrics metrics, AutoScalingState state) {
    this.scheduler = scheduler;
    this.services = services;
    this.metrics = metrics;
    this.state = state;
  }

  void begin() {
    Duration period = scheduler.scaled(TrackedMetric.PERIOD);
    scheduler.every(
        period.dividedBy(NOTES_PER_PERIOD), "note running tasks for scaling", this::note);
    scheduler.every(period, "evaluate scaling alarms", this::evaluate);
  }

  private void note() {
    for (ScalableTarget target : state.targets.values()) {
      counts(target)
          .ifPresent(
              counts ->
                  metrics.sample(
                      TrackedMetric.RUNNING_NAMESPACE,
                      TrackedMetric.RUNNING,
                      target.key.dimension(),
                      counts.running()));
    }
  }

  private void evaluate() {
    for (ScalableTarget target : List.copyOf(state.targets.values())) {
      counts(target).ifPresent(counts -> evaluate(target, counts));
    }
  }

  private Optional<Counts> counts(ScalableTarget target) {
    return services.find(target.key.clusterArn(), target.key.service());
  }

  private void evaluate(ScalableTarget target, Counts counts) {
    List<Proposal> proposals =
        target.policies.values().stream()
            .map(policy -> proposal(target, policy, counts))
            .flatMap(Optional::stream)
            .toList();
    Optional<Proposal> out = largest(proposals, Signal.HIGH);
    if (out.isPresent()) {
      if (!target.outSuspended && out.get().capacity > counts.desired()) {
        scaleOut(target, counts, out.get());
      }
      return;
    }
    scaleIn(target, counts, proposals);
  }

  private Optional<Proposal> proposal(ScalableTarget target, ScalingPolicy policy, Counts counts) {
    List<OptionalDouble> values = policy.metric.last(metrics, TargetTracking.LOW_PERIODS);
    OptionalDouble newest = values.get(values.size() - 1);
    Signal signal = TargetTracking.signal(values, policy.targetValue());
    if (counts.running() == 0) {
      // From zero one data point is enough, and the step is the minimum (AWS-FACTS 7).
      return newest.orElse(0) > 0
          ? Optional.of(new Proposal(policy, Signal.HIGH, target.clamp(Math.max(1, target.min))))
          : Optional.empty();
    }
    if (signal == Signal.NONE) {
      return Optional.of(new Proposal(policy, signal, counts.desired()));
    }
    int from = target.cooldowns.startingPoint(counts.running(), scheduler.now());
    int capacity =
        TargetTracking.capacity(
            signal == Signal.HIGH ? from : counts.running(),
            newest.orElseThrow(),
            policy.targetValue());
    return Optional.of(new Proposal(policy, signal, target.clamp(capacity)));
  }

  private static Optional<Proposal> largest(List<Proposal> proposals, Signal signal) {
    return proposals.stream()
        .filter(proposal -> proposal.signal == signal)
        .max((a, b) -> Integer.compare(a.capacity, b.capacity));
  }

  private void scaleOut(ScalableTarget target, Counts counts, Proposal proposal) {
    Instant now = scheduler.now();
    int from = target.cooldowns.startingPoint(counts.running(), now);
    target.cooldowns.scaledOut(from, until(proposal, "ScaleOutCooldown"));
    scale(target, proposal, 0);
  }

  /** Only when every policy that may scale in wants to; the largest wish wins. */
  private void scaleIn(ScalableTarget target, Counts counts, List<Proposal> proposals) {
    List<Proposal> voters = new ArrayList<>(proposals);
    voters.removeIf(proposal -> proposal.policy.scaleInDisabled());
    boolean all =
        !voters.isEmpty() && voters.stream().allMatch(voter -> voter.signal == Signal.LOW);
    if (!all || counts.deploying() || target.inSuspended) {
      return;
    }
    Proposal proposal = largest(voters, Signal.LOW).orElseThrow();
    if (proposal.capacity < counts.desired() && target.cooldowns.mayScaleIn(scheduler.now())) {
      target.cooldowns.scaledIn(until(proposal, "ScaleInCooldown"));
      scale(target, proposal, 1);
    }
  }

  private Instant until(Proposal proposal, String cooldown) {
    Duration length = Duration.ofSeconds(proposal.policy.cooldownSeconds(cooldown));
    return scheduler.now().plus(scheduler.scaled(length));
  }

  private void scale(ScalableTarget target, Proposal proposal, int alarm) {
    services.setDesiredCount(target.key.clusterArn(), target.key.service(), proposal.capacity);
    state.activities.add(
        target.key,
        proposal.capacity,
        "monitor alarm "
            + proposal.policy.alarms.get(alarm).name()
            + " in state ALARM triggered policy "
            + proposal.policy.name,
        scheduler.now());
  }

  private record Proposal(ScalingPolicy policy, Signal signal, int capacity) {}
}
