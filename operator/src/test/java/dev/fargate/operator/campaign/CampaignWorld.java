package dev.fargate.operator.campaign;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.operator.aws.Leftovers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** AWS, Kubernetes and the operator's processes of one run, in one thread and virtual time. */
final class CampaignWorld implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  /** The kubelet starts the process again, and the dead one's Lease has to run out. */
  private static final Duration NEXT_LEADER = Duration.ofSeconds(17);

  /** Longer than any Lease. */
  private static final Duration FROZEN = Duration.ofSeconds(60);

  /** The longest workload takes 1,400 from its beginning to its end: more will not come to rest. */
  private static final int MOST_STEPS = 3_000;

  final AwsEndpoint aws = AwsEndpoint.builder().virtualTime(START).build();
  final Cluster cluster = Cluster.empty(this::now);
  final Disturbance disturbance;

  /** Whoever looks, and whoever changes things behind the operator's back. */
  final Leftovers person = new Leftovers(aws);

  final Truth truth = new Truth(this);

  /** Exceptions that left a pass: the operator's own, or what Kubernetes answered. */
  final List<String> unexpected = new ArrayList<>();

  /** Where AWS has been asked. */
  final Set<String> hosts = new TreeSet<>();

  /** The objects of the run; null before there are any. */
  Stage stage;

  /** The one that acts; null while there is none. */
  Process leader;

  private final List<Appointment> agenda = new ArrayList<>();
  private Process caller;
  private int started;
  private int frozen;
  private Duration clockIsOff = Duration.ZERO;

  private record Appointment(Instant at, int order, Runnable what) {}

  /** A call that may fail as calls over a network do. */
  interface Call<T> {
    T answer() throws IOException;
  }

  CampaignWorld(Disturbance disturbance) {
    this.disturbance = disturbance;
    disturbance.in(this);
    aws.faults().intercept(disturbance);
    cluster.onChange(truth::heard);
    leader = new Process(this, 0);
  }

  Instant now() {
    return aws.clock().now();
  }

  /** Who is calling; null: a person. */
  Process caller() {
    return caller;
  }

  /** Carries a process' call out. */
  <T> T calling(Process process, Call<T> call) throws IOException {
    if (process.dying) {
      process.dead = true;
    }
    if (process.dead) {
      throw new Killed();
    }
    Process before = caller;
    caller = process;
    try {
      return call.answer();
    } finally {
      caller = before;
    }
  }

  /** Looks as somebody who is not the operator. */
  <T> T asPerson(Supplier<T> look) {
    Process before = caller;
    caller = null;
    try {
      return look.get();
    } finally {
      caller = before;
    }
  }

  /** A process' request to the API server. A killed process hears that the connection ended. */
  KubeResponse.Complete kubernetes(Process process, KubeRequest request) throws IOException {
    try {
      return calling(process, () -> disturbance.kubernetes(process, request));
    } catch (Killed killed) {
      throw new IOException("the process is dead", killed);
    }
  }

  /** Lets time pass. */
  void run(Duration time) {
    Instant end = now().plus(time);
    while (step(end)) {
      continue;
    }
    if (end.isAfter(now())) {
      aws.clock().advance(Duration.between(now(), end));
    }
  }

  /** Runs until the condition holds. @return whether it did in time */
  boolean runUntil(Duration atMost, BooleanSupplier condition) {
    Instant end = now().plus(atMost);
    for (int steps = 0; !condition.getAsBoolean(); steps++) {
      if (steps == MOST_STEPS || !step(end)) {
        return false;
      }
    }
    return true;
  }

  /** Does something at a time to come. */
  void at(Duration fromNow, Runnable what) {
    agenda.add(new Appointment(now().plus(fromNow), agenda.size() + started++, what));
  }

  /** The calling process stops here and wakes up a minute later, when another leads. */
  void freeze(Process process) {
    leader = null;
    at(NEXT_LEADER, () -> leader = new Process(this, 0));
    frozen++;
    asPerson(
        () -> {
          run(FROZEN);
          return null;
        });
    frozen--;
  }

  /** How many processes are frozen now: what happens meanwhile happens in their calls. */
  int frozen() {
    return frozen;
  }

  /** The process ends, and the next one starts at once. */
  void restart() {
    leader.close();
    leader = new Process(this, 0);
  }

  void unexpected(String where, Exception failed) {
    if (!(failed instanceof io.fabric8.kubernetes.client.KubernetesClientException)) {
      java.io.StringWriter trace = new java.io.StringWriter();
      failed.printStackTrace(new java.io.PrintWriter(trace));
      unexpected.add(where + ": " + trace);
    }
  }

  private boolean step(Instant end) {
    Appointment appointment =
        agenda.stream()
            .min(Comparator.comparing(Appointment::at).thenComparing(Appointment::order))
            .orElse(null);
    Instant work = leader == null ? null : leader.nextDue();
    boolean first = appointment != null && (work == null || !appointment.at().isAfter(work));
    Instant next = first ? appointment.at() : work;
    if (next == null || next.isAfter(end)) {
      return false;
    }
    if (next.isAfter(now())) {
      aws.clock().advance(Duration.between(now(), next));
    }
    if (first) {
      agenda.remove(appointment);
      appointment.what().run();
    } else {
      work(leader);
    }
    return true;
  }

  private void work(Process process) {
    try {
      process.step();
    } catch (Killed killed) {
      process.dead = true;
    }
    if (process.dead || process.dying) {
      process.close();
      if (leader == process) {
        leader = null;
        at(NEXT_LEADER, () -> leader = new Process(this, disturbance.missingChanges()));
      }
    } else if (leader != process) {
      // It was frozen, and another leads.
      process.close();
    }
  }

  /** Somebody sets the clock of the operator's machine. */
  void setClock(Duration by) {
    clockIsOff = by;
  }

  /** What the operator takes for the time. */
  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now().plus(clockIsOff);
      }
    };
  }

  @Override
  public void close() {
    if (leader != null) {
      leader.close();
    }
    aws.close();
    cluster.close();
  }
}
