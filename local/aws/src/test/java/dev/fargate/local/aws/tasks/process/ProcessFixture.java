package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.ec2.LoopbackAddresses;
import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.logs.LogSink;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.time.RealScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process runtime whose images are shell scripts and small programs, and what it reports. */
final class ProcessFixture implements AutoCloseable {
  static final Network.Subnet SUBNET =
      new Network.Subnet("subnet-1", "vpc-1", "eu-central-1a", "10.0.0.0/24", true);

  final RealScheduler scheduler = new RealScheduler(1);
  final LoopbackAddresses addresses = new LoopbackAddresses();
  final List<String> log = new CopyOnWriteArrayList<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Double> cpu = new CopyOnWriteArrayList<>();
  final Names names = new Names();
  final ProcessTasks tasks;

  /** Private names that a test sets. */
  final class Names implements ServiceRegistry {
    private final List<Runnable> listeners = new ArrayList<>();
    private Map<String, List<String>> records = Map.of();

    void set(Map<String, List<String>> now) {
      scheduler.locked(
          () -> {
            records = now;
            listeners.forEach(Runnable::run);
            return null;
          });
    }

    @Override
    public boolean hasService(String serviceArn) {
      return false;
    }

    @Override
    public void register(String serviceArn, String instanceId, Map<String, String> attributes) {
      throw new UnsupportedOperationException("a runtime registers nothing");
    }

    @Override
    public void deregister(String serviceArn, String instanceId) {
      throw new UnsupportedOperationException("a runtime deregisters nothing");
    }

    @Override
    public void setHealthy(String serviceArn, String instanceId, boolean healthy) {
      throw new UnsupportedOperationException("a runtime tells ECS, not the registry");
    }

    @Override
    public Map<String, List<String>> records(String vpcId) {
      return records;
    }

    @Override
    public void onChange(Runnable listener) {
      listeners.add(listener);
    }
  }

  ProcessFixture(ImageTable images) {
    LogSink sink =
        new LogSink() {
          @Override
          public boolean hasGroup(String logGroup) {
            return true;
          }

          @Override
          public void append(String logGroup, String stream, Instant time, String line) {
            log.add(line);
          }
        };
    tasks = new ProcessTasks(scheduler, names, sink, images);
  }

  /** An image that runs a shell script. */
  static ImageTable.Entry shell(String name, String script) {
    return new ImageTable.Entry(name, List.of("/bin/sh", "-c", script, name));
  }

  /** An image that runs {@link Program}. */
  static ImageTable.Entry program(String name, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ImageTable.java(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
    command.addAll(List.of(arguments));
    return new ImageTable.Entry(name, command);
  }

  static TaskRuntime.Container container(String image) {
    return container(image, Map.of(), List.of(), List.of());
  }

  static TaskRuntime.Container container(
      String image, Map<String, String> environment, List<Integer> ports, List<String> health) {
    return new TaskRuntime.Container(
        "main",
        image,
        List.of(),
        List.of(),
        environment,
        true,
        ports,
        health,
        new TaskRuntime.HealthTiming(
            Duration.ofSeconds(1), Duration.ofSeconds(10), 2, Duration.ZERO),
        Duration.ofSeconds(30),
        "group",
        "stream");
  }

  /** Starts a task of one container and returns its address. */
  String start(TaskRuntime.Container container) {
    return start(container, 1024, 1024);
  }

  String start(TaskRuntime.Container container, int cpuUnits, int memoryMiB) {
    return start("task", container, cpuUnits, memoryMiB);
  }

  /** Beside a first task that is named so by the other methods. */
  String startSecond(TaskRuntime.Container container) {
    return start("second", container, 1024, 1024);
  }

  /** As {@code kill -9} does, to the program that has the address in its command. */
  void kill(String program, String ip) {
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(program))
        .filter(process -> process.info().commandLine().orElse("").contains(" " + ip + " "))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private String start(String arn, TaskRuntime.Container container, int cpuUnits, int memoryMiB) {
    String ip = addresses.take(SUBNET);
    TaskRuntime.Launch launch =
        new TaskRuntime.Launch(
            arn, "cluster", "service", ip, "vpc-1", cpuUnits, memoryMiB, List.of(container));
    scheduler.locked(
        () -> {
          tasks.start(launch, new Recorder());
          return null;
        });
    return ip;
  }

  void stop(Duration timeout) {
    scheduler.locked(
        () -> {
          tasks.stop("task", timeout);
          return null;
        });
  }

  private final class Recorder implements TaskRuntime.Events {
    @Override
    public void failedToStart(String container, String reason) {
      events.add("failed " + reason);
    }

    @Override
    public void started(String container, String imageDigest) {
      events.add("started " + imageDigest.substring(0, 7));
    }

    @Override
    public void exited(String container, int exitCode, String reason) {
      events.add("exited " + exitCode + (reason == null ? "" : " " + reason));
    }

    @Override
    public void health(String container, boolean healthy) {
      events.add(healthy ? "healthy" : "unhealthy");
    }

    @Override
    public void usage(double cpuPercent, double memoryPercent) {
      cpu.add(cpuPercent);
    }
  }

  @Override
  public void close() {
    tasks.close();
    scheduler.close();
    addresses.close();
  }
}
