package dev.fargate.local.quickstart;

import dev.fargate.local.quickstart.check.Diagnosis;
import dev.fargate.local.quickstart.check.Inventory;
import dev.fargate.local.quickstart.check.PhoenixPage;
import dev.fargate.local.quickstart.check.Until;
import dev.fargate.local.quickstart.progress.ObjectState;
import dev.fargate.local.quickstart.progress.Phases;
import dev.fargate.local.quickstart.progress.Progress;
import dev.fargate.local.quickstart.progress.View;
import dev.fargate.local.quickstart.sample.Sample;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A sample on a platform, from apply to delete. */
final class Run {
  /** Tasks start in seconds here; what takes minutes will not come. */
  static final Duration READY_LIMIT = Duration.ofMinutes(5);

  /**
   * Stalled means that nothing will happen without a person; a moment's mistake mends itself
   * sooner.
   */
  private static final Duration STALLED_LIMIT = Duration.ofSeconds(20);

  /** Once Ready, the page answers; the database may still be about to be connected. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  /** Draining and stopping tasks takes their stop timeouts, 120 s for a database at most. */
  private static final Duration DELETE_LIMIT = Duration.ofMinutes(5);

  /** A new task of the database, its health check, and the app's reconnection. */
  private static final Duration CRASH_LIMIT = Duration.ofMinutes(3);

  /** In the command of what runs as the mongo image, be it the stand-in or a real mongod. */
  private static final String DATABASE_PROGRAM = "process.mongo.Mongo";

  /** The image whose page we know. */
  private static final String PHOENIX_IMAGE = "/phoenix:";

  private final Platform platform;
  private final Workspace workspace;
  private final Sample sample;
  private final Cluster cluster;
  private final Terminal terminal;
  private final Progress progress = new Progress();
  private final View view;
  private final Set<String> ready = new HashSet<>();

  Run(Platform platform, Workspace workspace, Sample sample, Terminal terminal) {
    this.platform = platform;
    this.workspace = workspace;
    this.sample = sample;
    this.cluster = new Cluster(platform.client(), sample);
    this.terminal = terminal;
    this.view = View.on(terminal.out(), terminal.columns(), terminal.lines());
  }

  void apply() {
    cluster.apply();
  }

  /**
   * Shows what happens until everything is Ready.
   *
   * @param kind to wait for; empty for all
   * @param phases gets a phase per object
   * @param limit how long at most
   * @throws QuickstartFailure when the time is over or an object is stalled, naming it and why
   */
  void showUntilReady(String kind, Phases phases, Duration limit) {
    Map<String, Duration> stalledSince = new HashMap<>();
    Until.nothingMissing(
        limit,
        "everything is Ready",
        () -> {
          List<ObjectState> states = cluster.states();
          view.show(progress.look(states, terminal.sinceStart()));
          for (ObjectState state : states) {
            if (state.ready() && ready.add(state.title())) {
              phases.ended(state.title() + " Ready");
            }
          }
          refuseStalled(states, stalledSince);
          return missing(
              states.stream()
                  .filter(state -> !state.ready() && state.kind().startsWith(kind))
                  .map(state -> state.title() + ": " + state.state() + " " + state.detail())
                  .toList());
        });
  }

  private void refuseStalled(List<ObjectState> states, Map<String, Duration> since) {
    Duration now = terminal.sinceStart();
    for (ObjectState state : states) {
      if (!state.stalled()) {
        since.remove(state.title());
      } else if (now.minus(since.computeIfAbsent(state.title(), title -> now))
              .compareTo(STALLED_LIMIT)
          > 0) {
        throw new QuickstartFailure(
            "%s is stalled, which only a person can mend: %s: %s"
                .formatted(state.title(), state.state(), state.detail()));
      }
    }
  }

  /** The page of the first app that has one. */
  Optional<URI> page() {
    return cluster.states().stream()
        .flatMap(state -> state.url().stream())
        .map(URI::create)
        .findFirst();
  }

  /**
   * Asks Phoenix through the load balancer.
   *
   * @throws QuickstartFailure when page, database or log do not come
   */
  void checkPage() {
    boolean phoenix =
        sample.ofKind("FargateApp").stream()
            .anyMatch(app -> app.at("/spec/image").asText().contains(PHOENIX_IMAGE));
    if (!phoenix) {
      return;
    }
    URI url =
        page().orElseThrow(() -> new QuickstartFailure("No app has a URL although all is Ready."));
    PhoenixPage page = new PhoenixPage(url);
    Until.nothingMissing(ANSWER_LIMIT, "the page answers", page::page);
    Until.nothingMissing(ANSWER_LIMIT, "the server is connected to its database", page::database);
    Until.nothingMissing(ANSWER_LIMIT, "requests are in the log in the database", page::log);
  }

  /**
   * Writes into the database through the app, ends the database's process as a crash would, and
   * reads it again. Only with storage that outlives the task.
   *
   * @throws QuickstartFailure when what was written is gone
   */
  void checkDataSurvives() {
    boolean durable =
        sample.ofKind("FargateDatabase").stream()
            .anyMatch(database -> database.at("/spec/storage").has("efs"));
    if (!durable || page().isEmpty()) {
      return;
    }
    PhoenixPage page = new PhoenixPage(page().get());
    String written = "/written-before-the-crash-" + ProcessHandle.current().pid();
    Until.nothingMissing(ANSWER_LIMIT, "a document is written", () -> page.write(written));
    List<ProcessHandle> databases =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains(DATABASE_PROGRAM))
            .toList();
    if (databases.isEmpty()) {
      throw new QuickstartFailure("No process of the database runs although it is Ready.");
    }
    databases.forEach(ProcessHandle::destroyForcibly);
    Until.nothingMissing(
        CRASH_LIMIT,
        "what was written before the database was killed is read afterwards",
        () ->
            databases.stream().anyMatch(ProcessHandle::isAlive)
                ? Optional.of("the killed database still runs")
                : page.isLogged(written));
  }

  /**
   * Deletes what the others stand on first, and waits until all objects are gone.
   *
   * @throws QuickstartFailure naming what is still there
   */
  void delete() {
    cluster.deleteInTheWorstOrder();
    Until.nothingMissing(DELETE_LIMIT, "all objects are gone", () -> missing(cluster.remaining()));
  }

  /**
   * Nothing may be left in AWS, and no process.
   *
   * @param before what there was before the apply
   * @throws QuickstartFailure naming what is left
   */
  void checkNothingLeft(Set<String> before) {
    try (Inventory inventory = platform.inventory()) {
      // Objects are gone only after their things in AWS are: no waiting here.
      Set<String> left = inventory.since(before);
      if (!left.isEmpty()) {
        throw new QuickstartFailure("Left in AWS:\n  " + String.join("\n  ", left));
      }
    }
    List<String> processes =
        ProcessHandle.current().descendants().map(p -> p.pid() + " " + p.info()).toList();
    if (!processes.isEmpty()) {
      throw new QuickstartFailure("Processes left:\n  " + String.join("\n  ", processes));
    }
  }

  /** Prints what helps to see why something failed. */
  void diagnose() {
    view.leave();
    PrintStream out = terminal.out();
    Diagnosis diagnosis = new Diagnosis(out);
    diagnosis.conditions(cluster.present());
    diagnosis.events(platform.client());
    diagnosis.awsErrors(platform.aws().calls().matching(call -> call.error().isPresent()));
    try (Inventory inventory = platform.inventory()) {
      diagnosis.taskLogs(inventory);
    }
    diagnosis.warnings(workspace.log());
    out.flush();
  }

  /** What is shown of our objects while a person tries things: one line per change. */
  List<ObjectState> states() {
    return cluster.states();
  }

  private static Optional<String> missing(List<String> left) {
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(left.stream().collect(Collectors.joining("; ")));
  }
}
