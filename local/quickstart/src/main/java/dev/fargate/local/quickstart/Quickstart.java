package dev.fargate.local.quickstart;

import dev.fargate.local.quickstart.check.Inventory;
import dev.fargate.local.quickstart.check.Until;
import dev.fargate.local.quickstart.progress.ObjectState;
import dev.fargate.local.quickstart.progress.Phases;
import dev.fargate.local.quickstart.sample.FreePorts;
import dev.fargate.local.quickstart.sample.ListenerPorts;
import dev.fargate.local.quickstart.sample.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: runs a sample on this machine, without a cluster and without AWS. */
@Command(
    name = "quickstart",
    sortOptions = false,
    description = {
      "Runs a sample on this machine: an embedded Kubernetes API, an embedded AWS endpoint,"
          + " the operator, and the sample's tasks as processes.",
      "Ctrl-C ends everything."
    })
public final class Quickstart implements Callable<Integer> {
  @Option(
      names = "--once",
      description =
          "Apply, wait until Ready, check the page and the database through the load balancer,"
              + " delete, check that nothing is left, print seconds per phase and end.")
  private boolean once;

  @Option(
      names = "--sample",
      paramLabel = "DIR",
      description = "Folder of YAML files to apply. Default: samples/phoenix.")
  private Path sample;

  @Option(
      names = "--lb-port",
      paramLabel = "PORT",
      description =
          "Port of the load balancer, 0 for any free one. Default: the sample's own, if you may use"
              + " it and it is free, else any free one.")
  private Integer loadBalancerPort;

  @Option(
      names = "--kube-port",
      paramLabel = "PORT",
      description = "Port of the Kubernetes API. Default: 0, any free one.")
  private int kubernetesPort;

  @Option(
      names = "--aws-port",
      paramLabel = "PORT",
      description = "Port of the AWS endpoint. Default: 0, any free one.")
  private int awsPort;

  @Option(
      names = "--record",
      hidden = true,
      description =
          "For the script: load what every start loads, up to a first environment, and end, so that"
              + " the JVM can leave an archive of it.")
  private boolean record;

  @Option(names = "--help", usageHelp = true, description = "Show this.")
  private boolean help;

  /** An environment takes seconds; nobody should wait long for an archive. */
  private static final Duration RECORD_LIMIT = Duration.ofSeconds(30);

  private final Terminal terminal;
  private final Ending ending = new Ending();

  private Quickstart(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Ends with 0 when all went well, 1 when something failed, 2 for a wrong command line. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Quickstart(Terminal.standard())).execute(args));
  }

  @Override
  public Integer call() {
    Home home = Home.find();
    Options options =
        new Options(
            sample == null ? home.defaultSample() : sample,
            loadBalancerPort == null ? OptionalInt.empty() : OptionalInt.of(loadBalancerPort),
            kubernetesPort,
            awsPort);
    Runtime.getRuntime().addShutdownHook(new Thread(ending::close, "ending"));
    try {
      return run(options, home);
    } catch (RuntimeException failure) {
      if (ending.hasBegun()) {
        // What fails while everything ends is no news; the signal decides the exit code.
        return 0;
      }
      if (failure instanceof QuickstartFailure) {
        terminal.out().flush();
        System.err.println(failure.getMessage());
        return 1;
      }
      throw failure;
    }
  }

  private int run(Options options, Home home) {
    Phases phases = new Phases(terminal::sinceStart);
    Sample objects = Sample.read(options.sample());
    boolean changed =
        ListenerPorts.write(objects, options.loadBalancerPort(), ending.at(new FreePorts()));
    Workspace workspace = ending.at(Workspace.create());
    Path applied = options.sample();
    if (changed) {
      applied = workspace.sample();
      objects.write(applied);
    }
    // Before the first logger: the terminal is not the place for a log.
    System.setProperty("logback.configurationFile", "quickstart-logback.xml");
    System.setProperty("quickstart.log", workspace.log().toString());
    Platform platform = ending.at(new Platform(options, home));
    objects.requireRegion(platform.aws().world().region());
    workspace.writeKubeconfig(platform.kubeconfig());
    phases.ended("start");
    Run run = new Run(platform, workspace, objects, terminal);
    if (record) {
      run.apply();
      run.showUntilReady("FargateEnvironment", phases, RECORD_LIMIT);
      return 0;
    }
    return once ? once(run, platform, phases) : live(run, platform, workspace, applied, phases);
  }

  private int once(Run run, Platform platform, Phases phases) {
    Set<String> before;
    try (Inventory inventory = platform.inventory()) {
      before = inventory.list();
    }
    try {
      run.apply();
      phases.ended("apply");
      run.showUntilReady("", phases, Run.READY_LIMIT);
      run.checkPage();
      phases.ended("page, database and log answered");
      run.checkDataSurvives();
      phases.ended("a document outlived its database's task");
      run.delete();
      phases.ended("deleted");
      run.checkNothingLeft(before);
      phases.ended("nothing left");
      terminal.out().println();
      terminal.out().print(phases.table());
      return 0;
    } catch (QuickstartFailure failure) {
      terminal.out().println();
      terminal.out().print(phases.table());
      run.diagnose();
      throw failure;
    }
  }

  private int live(Run run, Platform platform, Workspace workspace, Path applied, Phases phases) {
    run.apply();
    phases.ended("apply");
    waitForAPerson(run, phases);
    terminal.out().printf("%nReady after %d s.%n%n", terminal.sinceStart().toSeconds());
    new Announcement(terminal.out(), applied)
        .print(
            run.page(), workspace.kubeconfig(), platform.awsUrl(), platform.aws().world().region());
    tellChanges(run);
    return 0;
  }

  /** It runs on when something fails: a person may look at it, mend it and see it become Ready. */
  private void waitForAPerson(Run run, Phases phases) {
    boolean told = false;
    while (true) {
      try {
        run.showUntilReady("", phases, Run.READY_LIMIT);
        return;
      } catch (QuickstartFailure notYet) {
        if (ending.hasBegun()) {
          throw notYet;
        }
        if (!told) {
          run.diagnose();
          terminal.out().println(notYet.getMessage());
          told = true;
        }
      }
    }
  }

  /** A line whenever an object changes; without end, which a signal makes. */
  private void tellChanges(Run run) {
    Map<String, String> told = new HashMap<>();
    run.states().forEach(state -> told.put(state.title(), told(state)));
    while (true) {
      Until.pause();
      for (ObjectState state : run.states()) {
        if (!told(state).equals(told.put(state.title(), told(state)))) {
          terminal.out().println(state.title() + " " + told(state));
          terminal.out().flush();
        }
      }
    }
  }

  private static String told(ObjectState state) {
    return (state.state() + " " + state.running()).strip();
  }
}
