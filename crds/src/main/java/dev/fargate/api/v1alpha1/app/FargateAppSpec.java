package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Numbers;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Architecture;
import dev.fargate.api.v1alpha1.Capacity;
import dev.fargate.api.v1alpha1.CapacityType;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.Syntax;
import dev.fargate.api.v1alpha1.WorkloadSpec;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.ArrayList;
import java.util.List;

/** What the developer wants: one container image, run as a service on AWS Fargate. */
@ApiObject
@ValidationRule(
    value =
        "!(has(self.autoscaling) && has(oldSelf.autoscaling)) || self.replicas == oldSelf.replicas"
            + " || self.replicas == 1",
    message = "autoscaling owns the count; edit autoscaling.minReplicas",
    fieldPath = ".replicas")
@ValidationRule(
    value =
        "!has(self.ports) || self.ports.all(p, self.ports.exists_one(q, q.containerPort =="
            + " p.containerPort && (has(q.protocol) && q.protocol == 'udp') =="
            + " (has(p.protocol) && p.protocol == 'udp')))",
    message = "two ports have the same containerPort and protocol; keep one of them",
    fieldPath = ".ports")
@ValidationRule(
    value =
        "!has(self.ingresses) || self.ingresses.all(i, has(self.ports) && (has(i.portName) ?"
            + " self.ports.exists(p, p.name == i.portName && (!has(p.protocol) || p.protocol =="
            + " 'tcp')) : size(self.ports) == 1 && self.ports.all(p, !has(p.protocol) || p.protocol"
            + " == 'tcp')))",
    message =
        "every ingress sends to a tcp port: set portName to the name of one in ports, or list"
            + " exactly one port",
    fieldPath = ".ingresses")
@ValidationRule(
    value =
        "!has(self.autoscaling) || !has(self.autoscaling.requestsPerMinutePerTask) ||"
            + " (has(self.ingresses) && size(self.ingresses) == 1)",
    message =
        "requests are counted at a load balancer: autoscaling.requestsPerMinutePerTask needs"
            + " exactly one ingress",
    fieldPath = ".autoscaling")
@ValidationRule(
    value =
        "!has(self.rollout) || !has(self.rollout.healthCheckGracePeriodSeconds) ||"
            + " (has(self.ingresses) && size(self.ingresses) > 0)",
    message =
        "rollout.healthCheckGracePeriodSeconds is about load balancers: add an ingress or remove"
            + " it",
    fieldPath = ".rollout")
@ValidationRule(
    value =
        "!has(self.alarms) || (has(self.ingresses) && size(self.ingresses) > 0) ||"
            + " self.alarms.all(a, a.metric != 'Http5xx')",
    message = "requests are counted at a load balancer: an alarm on Http5xx needs an ingress",
    fieldPath = ".alarms")
@ValidationRule(
    value =
        "!has(self.rollout) || !has(self.rollout.rollbackAlarms) ||"
            + " self.rollout.rollbackAlarms.all(n, has(self.alarms) && self.alarms.exists(a, a.name"
            + " == n))",
    message =
        "rollout.rollbackAlarms names alarms of spec.alarms: add the alarm there, or correct the"
            + " name",
    fieldPath = ".rollout")
@ValidationRule(
    value =
        "!has(self.rollout) || !has(self.rollout.strategy) || !(self.rollout.strategy in"
            + " ['BlueGreen', 'Linear', 'Canary']) || (has(self.ingresses) && size(self.ingresses)"
            + " == 1)",
    message =
        "BlueGreen, Linear and Canary move the traffic of one listener rule: they need exactly one"
            + " ingress; use Rolling with none or several",
    fieldPath = ".rollout")
@ValidationRule(
    value =
        "!has(self.rollout) || !has(self.rollout.strategy) || !(self.rollout.strategy in"
            + " ['BlueGreen', 'Linear', 'Canary']) || !has(self.autoscaling) ||"
            + " !has(self.autoscaling.requestsPerMinutePerTask)",
    message =
        "requests are counted at one target group, and BlueGreen, Linear and Canary change between"
            + " two: scale by cpuPercent or memoryPercent, or use Rolling",
    fieldPath = ".autoscaling")
@ValidationRule(
    value =
        "!has(self.privateDns) || (has(self.ingresses) && size(self.ingresses) > 0) ||"
            + " has(self.healthCheck)",
    message =
        "healthCheck is required with privateDns and no ingress: without it AWS registers tasks"
            + " under the name before they answer",
    fieldPath = ".healthCheck")
public class FargateAppSpec extends WorkloadSpec {

  @Doc(
      value =
          "The image of the main container. Fargate pulls it anew for every task; name a tag that"
              + " never moves, or a digest.",
      example = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/phoenix:1.4.2",
      aws = "ContainerDefinition.image",
      edit = Edit.NEW_REVISION)
  @Required
  @Size(min = 1, max = 255)
  @Pattern(Syntax.IMAGE)
  public String image;

  @Doc(
      value = "Name of the main container.",
      absent = "the app's name",
      aws = "ContainerDefinition.name",
      edit = Edit.NEW_REVISION)
  @Size(min = 1, max = 255)
  @Pattern("^[A-Za-z0-9_-]+$")
  public String containerName;

  @Doc(
      value =
          "The program to start, as in a Kubernetes container. Note that ECS calls this entryPoint,"
              + " and calls args command.",
      absent = "the image's ENTRYPOINT",
      example = "[/bin/server]",
      aws = "ContainerDefinition.entryPoint",
      edit = Edit.NEW_REVISION)
  @Size(max = 50)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 4096) String> command = new ArrayList<>();

  @Doc(
      value =
          "The program's arguments, as in a Kubernetes container. Note that ECS calls this"
              + " command.",
      absent = "the image's CMD",
      example = "[--port, '3000']",
      aws = "ContainerDefinition.command",
      edit = Edit.NEW_REVISION)
  @Size(max = 50)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 4096) String> args = new ArrayList<>();

  @Doc(
      value = "User, and group after a colon, that the program runs as; names or numbers.",
      absent = "the image's USER",
      example = "1000:1000",
      aws = "ContainerDefinition.user",
      edit = Edit.NEW_REVISION)
  @Size(min = 1, max = 128)
  @Pattern("^[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)?$")
  public String user;

  @Doc(
      value = "Directory that the program starts in.",
      absent = "the image's WORKDIR",
      example = "/srv",
      aws = "ContainerDefinition.workingDirectory",
      edit = Edit.NEW_REVISION)
  @Size(min = 1, max = 4096)
  @Pattern("^/")
  public String workingDirectory;

  @Doc(
      value = "Whether the container's root file system refuses writes.",
      absent = "false",
      aws = "ContainerDefinition.readonlyRootFilesystem",
      edit = Edit.NEW_REVISION)
  public Boolean readOnlyRootFilesystem;

  @Doc(
      value = "Seconds between SIGTERM and SIGKILL when a task is stopped.",
      absent = "" + FieldDefaults.STOP_TIMEOUT_SECONDS,
      aws = "ContainerDefinition.stopTimeout",
      edit = Edit.NEW_REVISION)
  @Min(2)
  @Max(120)
  public Integer stopTimeoutSeconds;

  @Doc(
      value = "CPU units of a task, 1024 to a vCPU, shared by its containers.",
      aws = "TaskDefinition.cpu",
      edit = Edit.NEW_REVISION)
  @Numbers({256, 512, 1024, 2048, 4096, 8192, 16384})
  @Default("" + FieldDefaults.CPU)
  public Integer cpu;

  @Doc(
      value =
          "Memory of a task in MiB, shared by its containers. Fargate has 74 pairs of cpu and"
              + " memory: 256: 512, 1024, 2048; 512: 1024 to 4096; 1024: 2048 to 8192; 2048: 4096"
              + " to 16384; 4096: 8192 to 30720 (all by 1024); 8192: 16384 to 61440 by 4096; 16384:"
              + " 32768 to 122880 by 8192.",
      aws = "TaskDefinition.memory",
      edit = Edit.NEW_REVISION)
  @Min(512)
  @Max(122880)
  @Default("" + FieldDefaults.MEMORY_MIB)
  public Integer memoryMiB;

  @Doc(
      value = "Processor architecture of the image.",
      absent = "the environment's defaults.architecture, else " + FieldDefaults.ARCHITECTURE,
      aws = "TaskDefinition.runtimePlatform.cpuArchitecture",
      edit = Edit.NEW_REVISION)
  @Values({Architecture.X86_64, Architecture.ARM64})
  public String architecture;

  @Doc(
      value =
          "Size of a task's own disk in GiB. Fargate gives 20 when the field is absent, and takes"
              + " 21 at least when it is set.",
      absent = "20",
      aws = "TaskDefinition.ephemeralStorage.sizeInGiB",
      edit = Edit.NEW_REVISION)
  @Min(21)
  @Max(200)
  public Integer ephemeralStorageGiB;

  @Doc(
      value = "Fargate platform version. LATEST is resolved by AWS at each deployment.",
      absent = "LATEST",
      aws = "Service.platformVersion",
      edit = Edit.NEW_DEPLOYMENT)
  @Values({"LATEST", "1.4.0"})
  public String platformVersion;

  @Doc(
      value = "Ports that the container listens on.",
      example = "[{name: http, containerPort: 3000}]",
      aws = "ContainerDefinition.portMappings")
  @Size(max = 10)
  @Items(Items.Kind.MAP)
  public List<Port> ports = new ArrayList<>();

  @Doc(
      value = "Environment variables of the main container.",
      example = "[{name: PORT, value: '3000'}]",
      aws = "ContainerDefinition.environment and .secrets")
  @Size(max = 150)
  @Items(Items.Kind.MAP)
  public List<EnvVar> env = new ArrayList<>();

  @Doc(
      value =
          "A command that ECS runs inside the container to learn whether it is healthy. A"
              + " HEALTHCHECK in the image does not count on Fargate.",
      absent = "none",
      aws = "ContainerDefinition.healthCheck")
  public ContainerHealthCheck healthCheck;

  @Doc(
      value =
          "Number of tasks. It does not count while autoscaling is set, and a change is refused"
              + " then. kubectl scale changes it.",
      aws = "Service.desiredCount",
      edit = Edit.IN_PLACE)
  @SpecReplicas
  @Min(0)
  @Max(5000)
  @Default("1")
  public Integer replicas;

  @Doc(
      value =
          "What tasks run on, and in which shares: the cluster must have these capacity providers. A"
              + " change replaces the tasks one by one, as AWS asks for a new deployment then.",
      absent = "defaults.capacity of the environment, else OnDemand (launch type FARGATE)",
      example = "[{type: OnDemand, base: 1}, {type: Spot, weight: 4}]",
      aws = "Service.capacityProviderStrategy",
      edit = Edit.NEW_DEPLOYMENT)
  @Size(min = 1, max = 2)
  @Items(value = Items.Kind.MAP, key = "type")
  @ValidationRule(value = CapacityType.WEIGHT_RULE, message = CapacityType.WEIGHT_MESSAGE)
  @ValidationRule(value = CapacityType.BASE_RULE, message = CapacityType.BASE_MESSAGE)
  public List<Capacity> capacity = new ArrayList<>();

  @Doc(
      value =
          "Lets AWS choose the number of tasks by measured load. Removing it makes replicas count"
              + " again.",
      absent = "none",
      aws = "Application Auto Scaling's ScalableTarget and its target tracking policies")
  public Autoscaling autoscaling;

  @Doc(
      value =
          "Runs no task at all, and remembers replicas and autoscaling bounds for later. It does"
              + " not stop the operator: that is mode: Paused.",
      absent = "false",
      aws = "Service.desiredCount, ScalableTarget.minCapacity and .maxCapacity of 0",
      edit = Edit.IN_PLACE)
  public Boolean suspend;

  @Doc(
      value =
          "Ways in through load balancers of the environment; a target group and its listener rules"
              + " each.",
      example = "[{name: web, paths: ['/*'], healthCheck: {path: /healthz}}]",
      aws = "TargetGroup, ListenerRule, Service.loadBalancers")
  @Size(max = 5)
  @Items(Items.Kind.MAP)
  public List<Ingress> ingresses = new ArrayList<>();

  @Doc(
      value =
          "A name inside the environment's private DNS domain that resolves to the running tasks.",
      absent = "none",
      aws = "a Cloud Map service, Service.serviceRegistries")
  public PrivateDns privateDns;

  @Doc(
      value = "Where the tasks stand, and who else may reach them.",
      absent = "the environment's network",
      aws = "Service.networkConfiguration")
  public Network network;

  @Doc(
      value =
          "Where the container's standard output goes: a log group of the app's own, or a shared"
              + " one.",
      aws = "LogGroup, ContainerDefinition.logConfiguration")
  public Logs logs;

  @Doc(
      value = "Roles of the tasks.",
      absent = "the environment's roles",
      aws = "TaskDefinition.taskRoleArn and .executionRoleArn")
  public Iam iam;

  @Doc(value = "How a new revision replaces the old one.", aws = "Service.deploymentConfiguration")
  public Rollout rollout;

  @Doc(
      value =
          "Any new value starts one new deployment of the same revision, such as after an image was"
              + " pushed under the same tag. A timestamp is usual.",
      example = "2026-03-01T12:00:00Z",
      aws = "UpdateService.forceNewDeployment",
      edit = Edit.NEW_DEPLOYMENT)
  @Size(min = 1, max = 64)
  @Pattern(Syntax.TAG_VALUE)
  public String restartedAt;

  @Doc(
      value =
          "How many old task definition revisions stay registered, so that a rollback has something"
              + " to go back to.",
      absent = "" + FieldDefaults.REVISION_HISTORY_LIMIT,
      aws = "DeregisterTaskDefinition for the rest",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(100)
  public Integer revisionHistoryLimit;

  @Doc(
      value =
          "Properties of AWS resources that others own, as Kind.property. The spec gives such a"
              + " property its first value when the resource is created; from then on it is neither"
              + " compared nor written: no drift, no change, and an edit of the field in the spec"
              + " does not arrive. status.plan and the plan command show what differs as ignored."
              + " Taking an entry away puts the property back to what the spec says. What decides"
              + " who owns or reaches a thing, or which revision runs, cannot be named, nor, while"
              + " suspend is set, what suspend sets.",
      absent = "none",
      example = "[Service.count]",
      edit = Edit.OPERATOR_ONLY)
  @Size(max = 28)
  @Items(Items.Kind.SET)
  @Values({
    "LogGroup.retentionDays",
    "TargetGroup.healthCheck.path",
    "TargetGroup.healthCheck.port",
    "TargetGroup.healthCheck.protocol",
    "TargetGroup.healthCheck.intervalSeconds",
    "TargetGroup.healthCheck.timeoutSeconds",
    "TargetGroup.healthCheck.healthyThreshold",
    "TargetGroup.healthCheck.unhealthyThreshold",
    "TargetGroup.healthCheck.successCodes",
    "TargetGroup.attributes",
    "DiscoveryService.ttlSeconds",
    "Service.count",
    "Service.capacity",
    "Service.platformVersion",
    "Service.healthCheckGracePeriodSeconds",
    "Service.propagateTags",
    "Service.deployment.minHealthyPercent",
    "Service.deployment.maxPercent",
    "Service.deployment.circuitBreaker",
    "Service.deployment.rollback",
    "Service.deployment.rollbackAlarms",
    "ScalableTarget.minCapacity",
    "ScalableTarget.maxCapacity",
    "ScalableTarget.suspended",
    "ScalingPolicy.targetValue",
    "ScalingPolicy.scaleInCooldownSeconds",
    "ScalingPolicy.scaleOutCooldownSeconds",
    "ScalingPolicy.disableScaleIn"
  })
  public List<@Size(max = 64) String> ignore = new ArrayList<>();

  @Doc(
      value =
          "Delete removes everything the operator created for the app. Retain leaves it all"
              + " running, tags included, and lists it in the last Event.",
      edit = Edit.OPERATOR_ONLY)
  @Values({DeletionPolicy.DELETE, DeletionPolicy.RETAIN})
  @Default(DeletionPolicy.DELETE)
  public String deletionPolicy;
}
