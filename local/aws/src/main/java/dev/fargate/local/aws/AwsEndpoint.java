package dev.fargate.local.aws;

import dev.fargate.local.aws.call.CallRecord;
import dev.fargate.local.aws.call.Dispatcher;
import dev.fargate.local.aws.call.Faults;
import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.efs.FileSystems;
import dev.fargate.local.aws.elb.RoutingTable;
import dev.fargate.local.aws.logs.LogSink;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.server.LoopbackServer;
import dev.fargate.local.aws.server.SameThreadHttpClient;
import dev.fargate.local.aws.tasks.process.ImageTable;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.local.aws.time.RealScheduler;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.time.VirtualScheduler;
import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.HttpResponse;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * One AWS account in one region on this machine: an endpoint that unmodified AWS SDKs, the AWS CLI
 * and boto3 can talk to, over a loopback socket ({@link #start}) or in the same thread ({@link
 * #httpClient}).
 */
public final class AwsEndpoint implements AutoCloseable {
  private final Scheduler scheduler;
  private final Dispatcher dispatcher;
  private final WorldSeed world;
  private final Services services;
  private final boolean processes;
  private LoopbackServer server;

  private AwsEndpoint(Builder builder) {
    this.world = builder.world;
    this.scheduler = builder.scheduler;
    this.processes = builder.images.isPresent();
    this.services = new Services(scheduler, world, builder.images);
    this.dispatcher =
        new Dispatcher(
            scheduler, this::pause, world.region(), services.tokens(), services.behaviours());
  }

  /** The world of the samples and virtual time from 2026-01-01, unless told otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Serves on the loopback interface.
   *
   * @param port 0 for any free one
   * @return the endpoint URL to give to a client
   */
  public URI start(int port) {
    if (server != null) {
      throw new IllegalStateException("already serving on " + server.uri());
    }
    server = new LoopbackServer(port, this::handle);
    return server.uri();
  }

  /**
   * The endpoint URL.
   *
   * @throws IllegalStateException before {@link #start}
   */
  public URI url() {
    if (server == null) {
      throw new IllegalStateException("not serving: call start(port) first");
    }
    return server.uri();
  }

  /**
   * Answers one request in this thread; an AWS error is an answer too.
   *
   * @throws dev.fargate.local.aws.wire.LostResponse when a fault asked for a lost answer
   */
  public HttpResponse handle(HttpRequest request) {
    return dispatcher.handle(request);
  }

  /** For an AWS SDK client's {@code httpClient(...)}: no socket, in the caller's thread. */
  public SdkHttpClient httpClient() {
    return new SameThreadHttpClient(this::handle);
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  /**
   * The clock to advance.
   *
   * @throws IllegalStateException when this endpoint runs on the wall clock
   */
  public VirtualScheduler clock() {
    if (scheduler instanceof VirtualScheduler virtual) {
      return virtual;
    }
    throw new IllegalStateException("this endpoint runs on the wall clock; nobody can move it");
  }

  /**
   * The tasks of this endpoint, whose images a test gives a script.
   *
   * @throws IllegalStateException when tasks are processes
   */
  public ScriptedTasks scriptedTasks() {
    if (processes) {
      throw new IllegalStateException("tasks of this endpoint are processes: nothing is scripted");
    }
    return services.scripted();
  }

  /**
   * Takes a task of FARGATE_SPOT away, as AWS does when it needs the capacity.
   *
   * @throws IllegalArgumentException when there is no such task on Spot
   */
  public void interruptSpot(String taskArn) {
    scheduler.locked(
        () -> {
          services.ecs().interruptSpot(taskArn);
          return null;
        });
  }

  /**
   * From now on ECS starts a replacement while the old task is still stopping, which it does not
   * exclude, whatever the maximum percent.
   */
  public void startBesideStopping() {
    scheduler.locked(
        () -> {
          services.ecs().startBesideStopping();
          return null;
        });
  }

  /**
   * RunTask launches nothing from now on and answers with a failure.
   *
   * @param reason in AWS's words, for example {@code Capacity is unavailable at this time. Please
   *     try again later or in a different availability zone}; null: it launches again
   */
  public void failRunTask(String reason) {
    scheduler.locked(
        () -> {
          services.ecs().failRunTask(reason);
          return null;
        });
  }

  /**
   * Services start no task from now on, and only an event says why.
   *
   * @param reason in AWS's words, for example {@code Internal error}; null: they start tasks again
   */
  public void failPlacement(String reason) {
    scheduler.locked(
        () -> {
          services.ecs().failPlacement(reason);
          return null;
        });
  }

  /** Load balancers that are being set up from now on end as {@code failed}, or no more. */
  public void failLoadBalancers(boolean is) {
    scheduler.locked(
        () -> {
          services.elb().failLoadBalancers(is);
          return null;
        });
  }

  /**
   * Backups that finish from now on fail, as when AWS Backup cannot read a file system.
   *
   * @param why in AWS's words; null: they succeed again
   */
  public void failBackups(String why) {
    scheduler.locked(
        () -> {
          services.backup().fail(why);
          return null;
        });
  }

  /**
   * Restores that finish from now on end so, and bring nothing back.
   *
   * @param status {@code FAILED} or {@code ABORTED}; null: they succeed again
   * @param why in AWS's words
   */
  public void endRestores(String status, String why) {
    scheduler.locked(
        () -> {
          services.backup().endRestores(status, why);
          return null;
        });
  }

  /**
   * AWS Backup forgets all restore jobs until now, as it does with old ones; those that have not
   * ended bring nothing back any more.
   */
  public void forgetRestores() {
    scheduler.locked(
        () -> {
          services.backup().forgetRestores();
          return null;
        });
  }

  public Faults faults() {
    return dispatcher.faults();
  }

  public CallRecord calls() {
    return dispatcher.record();
  }

  /** Where tasks write, for a test that plays a task. */
  public LogSink logs() {
    return services.logs();
  }

  /** What load balancers and tasks have measured. */
  public Metrics metrics() {
    return services.metrics();
  }

  /** Where the files of EFS file systems really lie. */
  public FileSystems fileSystems() {
    return services.fileSystems();
  }

  /** Subnets and security groups; tests ask it who reaches whom. */
  public Network network() {
    return services.ec2();
  }

  /**
   * Listeners, rules and targets as requests find them now; tests ask it who would answer, also in
   * virtual time, where nothing listens.
   */
  public RoutingTable routes() {
    return scheduler.locked(services.elb()::routingTable);
  }

  /**
   * Calls back with every change of how load balancers route: a test sees each moment between two
   * calls, also where nothing listens.
   */
  public void onRouting(Consumer<RoutingTable> watcher) {
    services.elb().onRouting(watcher);
  }

  /** Cloud Map; tests ask it what private names resolve to. */
  public ServiceRegistry registry() {
    return services.registry();
  }

  /** The signing names of the services there are. */
  public List<String> services() {
    return services.behaviours().stream().map(ServiceBehaviour::signingName).toList();
  }

  public WorldSeed world() {
    return world;
  }

  /** Stops serving and ends everything that runs. */
  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (scheduler instanceof RealScheduler real) {
      real.close();
    }
    services.close();
  }

  private void pause(Duration time) {
    if (scheduler instanceof VirtualScheduler virtual) {
      virtual.advance(time);
    } else {
      LockSupport.parkNanos(time.toNanos());
    }
  }

  /** Puts an endpoint together. */
  public static final class Builder {
    /** Any fixed instant will do; a run must not depend on the day it is run. */
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Scheduler scheduler = new VirtualScheduler(START);
    private WorldSeed world = WorldSeed.ofTheSamples();
    private Optional<ImageTable> images = Optional.empty();

    private Builder() {}

    /** A clock that only {@link AwsEndpoint#clock()} moves; with scripted tasks only. */
    public Builder virtualTime(Instant start) {
      scheduler = new VirtualScheduler(start);
      return this;
    }

    /**
     * The wall clock.
     *
     * @param timeScale how many times faster control-plane periods pass, at least 1
     */
    public Builder realTime(double timeScale) {
      scheduler = new RealScheduler(timeScale);
      return this;
    }

    /** Tasks that do what a test says; so unless told otherwise. */
    public Builder scriptedTasks() {
      images = Optional.empty();
      return this;
    }

    /**
     * Tasks that are processes of this machine, behind load balancers that listen; on the wall
     * clock only.
     *
     * @param table what runs in place of each image; nothing else can be started
     */
    public Builder processTasks(ImageTable table) {
      images = Optional.of(table);
      return this;
    }

    /** What exists before the first call. */
    public Builder world(WorldSeed seed) {
      world = seed;
      return this;
    }

    /**
     * @throws IllegalStateException for processes on a virtual clock, or on a machine without
     *     loopback addresses for them
     */
    public AwsEndpoint build() {
      if (images.isPresent() && scheduler instanceof VirtualScheduler) {
        throw new IllegalStateException(
            "process tasks run on the wall clock: add realTime(timeScale), or use scriptedTasks()"
                + " with virtualTime(start)");
      }
      return new AwsEndpoint(this);
    }
  }
}
