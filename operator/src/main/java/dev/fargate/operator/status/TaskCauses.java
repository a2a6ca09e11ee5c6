package dev.fargate.operator.status;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Rollout.TaskFailure;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a task stopped or was never started, in plain words. AWS says it in prose only (AWS-FACTS
 * 4.5, 4.6), so it is told by its texts; what is not known here is passed on as it is.
 */
final class TaskCauses {
  /** Nothing answered in time: with a subnet that has no way out, packets are just lost. */
  private static final List<String> NO_WAY_OUT =
      List.of(
          "i/o timeout",
          "context deadline exceeded",
          "request canceled while waiting for connection",
          "network is unreachable",
          "connection timed out",
          "connection issue");

  private static final List<String> NO_CAPACITY =
      List.of("capacity is unavailable", "resource:", "no capacity");

  private static final List<String> ABOUT_A_SECRET =
      List.of("secretsmanager", "secrets manager", "from asm", "fetch secret", "ssm");

  private static final Pattern SECRET =
      Pattern.compile("arn:aws[a-z-]*:(?:secretsmanager|ssm):[^\\s,\\]]+");

  /** ECS names parameters that there are not by their names, not their ARNs. */
  private static final Pattern PARAMETERS = Pattern.compile("invalid parameters: ([^\\s\\]]+)");

  private static final String PULL_ERROR = "CannotPullContainerError: ";

  /** What a process killed by a signal returns: 128 and the signal's number. */
  private static final int KILLED = 137;

  /** What AWS says whenever a container ends: the plain sentence says as much. */
  private static final String ESSENTIAL_EXITED = "Essential container in task exited";

  private final Observed observed;
  private final TaskFields fields;
  private final HealthCheckCauses healthChecks;

  TaskCauses(Observed observed, TaskFields fields) {
    this.observed = observed;
    this.fields = fields;
    this.healthChecks = new HealthCheckCauses(observed);
  }

  Cause of(TaskFailure failure) {
    Optional<TaskDefinition> definition = definition(failure.taskDefinitionArn());
    String own = words(failure);
    String text = own.toLowerCase(Locale.ROOT);
    if (text.contains("outofmemory")) {
      return outOfMemory(failure, definition);
    } else if (text.contains("failed elb health checks")) {
      return healthChecks.of(failure);
    } else if (text.contains("failed container health checks")) {
      return Cause.of(
          Reason.HEALTH_CHECK_FAILED,
          "The container health check (spec.healthCheck) failed as often as its retries allow.",
          failure.stoppedReason());
    }
    return said(own, definition)
        .orElseGet(
            () ->
                "EssentialContainerExited".equals(failure.stopCode())
                    ? exited(failure, definition)
                    : Cause.of(Reason.TASKS_FAILING, "A task stopped.", own));
  }

  /**
   * What AWS's words alone tell, of a task or of an attempt to start one; empty when they are not
   * known here.
   */
  Optional<Cause> said(String own, Optional<TaskDefinition> definition) {
    String text = own.toLowerCase(Locale.ROOT);
    boolean setup = text.contains("cannotpull") || text.contains("resourceinitialization");
    if (text.contains("unable to assume")) {
      return Optional.of(
          Cause.of(
              Reason.ROLE_UNUSABLE,
              "ECS cannot assume a role of the task: "
                  + definition.map(fields::in).orElse("see spec.iam")
                  + ". It must exist and trust ecs-tasks.amazonaws.com.",
              own));
    } else if (setup && text.contains("efs")) {
      return Optional.of(
          Cause.of(
              Reason.STORAGE_UNREACHABLE,
              "The task could not mount its file system: its zone needs a mount target in state"
                  + " available, whose security group lets the task's group in on port 2049.",
              own));
    } else if (setup && any(text, NO_WAY_OUT)) {
      return Optional.of(
          Cause.of(
              Reason.NO_WAY_OUT,
              "From its subnets the task reaches neither registry nor AWS: they need a NAT gateway,"
                  + " VPC endpoints or, if they are public, spec.network.assignPublicIp.",
              own));
    } else if (setup && any(text, ABOUT_A_SECRET)) {
      return Optional.of(secret(own, text, definition));
    } else if (text.contains("cannotpull")
        || setup && (text.contains("ecr") || text.contains("registry"))) {
      return Optional.of(image(own, definition));
    } else if (text.contains("limit on the number of vcpus")) {
      return Optional.of(
          Cause.of(
              Reason.QUOTA_EXCEEDED,
              "The account runs as many Fargate vCPUs as AWS allows it: stop others, or ask AWS for"
                  + " more.",
              own));
    } else if (any(text, NO_CAPACITY)) {
      return Optional.of(
          Cause.of(
              Reason.CAPACITY_UNAVAILABLE,
              "AWS has no Fargate capacity for this task now; ECS goes on trying. Subnets in more"
                  + " zones, another size, or OnDemand beside Spot help.",
              own));
    }
    return Optional.empty();
  }

  private Cause outOfMemory(TaskFailure failure, Optional<TaskDefinition> definition) {
    return Cause.of(
        Reason.OUT_OF_MEMORY,
        container(failure)
            + " used more memory than it has"
            + definition.map(d -> " (the task: " + d.memoryMiB() + " MiB)").orElse("")
            + ": raise spec.memoryMiB, or let it use less.",
        words(failure));
  }

  private Cause exited(TaskFailure failure, Optional<TaskDefinition> definition) {
    if (failure.exitCode() == null) {
      return Cause.of(
          Reason.CONTAINER_EXITED, container(failure) + " could not be started.", words(failure));
    }
    String meaning =
        switch (failure.exitCode()) {
          case 0 -> ", but a service's process has to keep running";
          case KILLED -> " (it was killed)";
          default -> "";
        };
    String log =
        definition
            .flatMap(d -> named(d, failure.container()))
            .map(Container::logs)
            .map(logs -> " Its output is in log group " + logs.group() + ".")
            .orElse("");
    return Cause.of(
        Reason.CONTAINER_EXITED,
        container(failure) + " exited with code " + failure.exitCode() + meaning + "." + log,
        ESSENTIAL_EXITED.equals(words(failure)) ? null : words(failure));
  }

  private Cause image(String own, Optional<TaskDefinition> definition) {
    String image =
        definition.stream()
            .flatMap(d -> d.containers().stream())
            .map(Container::image)
            // A registry's text names the image; without a name it is the only or the main one.
            .filter(name -> own.contains(name) || definition.get().containers().size() == 1)
            .findFirst()
            .or(() -> definition.map(d -> d.containers().get(0).image()))
            .orElse("spec.image");
    int start = own.indexOf(PULL_ERROR);
    return Cause.of(
        Reason.IMAGE_PULL_FAILED,
        "Image "
            + image
            + " cannot be pulled: check its name and tag (spec.image), and that the execution role"
            + " may pull it.",
        start < 0 ? own : own.substring(start + PULL_ERROR.length()));
  }

  private Cause secret(String own, String text, Optional<TaskDefinition> definition) {
    Matcher arn = SECRET.matcher(own);
    Matcher parameters = PARAMETERS.matcher(own);
    String which =
        arn.find()
            ? "Secret " + arn.group()
            : parameters.find()
                ? "Parameter " + parameters.group(1)
                : "Secret that spec.env refers to";
    boolean denied = text.contains("accessdenied") || text.contains("not authorized");
    return Cause.of(
        Reason.SECRET_UNAVAILABLE,
        which
            + (denied
                ? " may not be read by "
                    + definition
                        .map(TaskDefinition::executionRoleArn)
                        .map(role -> fields.executionRole() + " " + role)
                        .orElse("the execution role")
                    + "."
                : " cannot be read: it, its key or its version does not exist. See spec.env."),
        own);
  }

  private static String container(TaskFailure failure) {
    return failure.container() == null ? "A container" : "Container " + failure.container();
  }

  /** AWS's words for a stopped task; not null. */
  static String words(TaskFailure failure) {
    String stopped = failure.stoppedReason() == null ? "" : failure.stoppedReason();
    String container = failure.containerReason();
    if (container == null || stopped.contains(container)) {
      return stopped;
    }
    return stopped.isEmpty() ? container : stopped + ": " + container;
  }

  /** What the revision says, where it is known. */
  Optional<TaskDefinition> definition(String arn) {
    return observed.resources().stream()
        .filter(resource -> resource.actual() instanceof TaskDefinition)
        .filter(resource -> arn != null && arn.equals(resource.outputs().get(Output.ARN)))
        .map(ObservedResource::actual)
        .map(TaskDefinition.class::cast)
        .findFirst();
  }

  private static Optional<Container> named(TaskDefinition definition, String container) {
    return definition.containers().stream()
        .filter(each -> each.name().equals(container))
        .findFirst();
  }

  private static boolean any(String text, List<String> parts) {
    return parts.stream().anyMatch(text::contains);
  }
}
