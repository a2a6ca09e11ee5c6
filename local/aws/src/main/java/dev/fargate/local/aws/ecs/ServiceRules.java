package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.elb.TargetGroups.TargetGroup;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What CreateService and UpdateService check of the things a service refers to. */
final class ServiceRules {
  private static final int MAX_SUBNETS = 16;
  private static final int MAX_GROUPS = 5;
  private static final int MAX_TARGET_GROUPS = 5;
  private static final Set<String> PLATFORM_VERSIONS = Set.of("LATEST", "1.4.0");

  private final EcsState state;
  private final Surroundings surroundings;

  ServiceRules(EcsState state, Surroundings surroundings) {
    this.state = state;
    this.surroundings = surroundings;
  }

  TaskDefinition taskDefinition(String reference, Caller caller) {
    TaskDefinition definition =
        state
            .taskDefinitions
            .find(reference, caller)
            .orElseThrow(() -> EcsError.client("Unable to describe task definition."));
    if (definition.status != TaskDefinition.Status.ACTIVE) {
      throw EcsError.client("TaskDefinition is inactive");
    }
    return definition;
  }

  /** Fields that AWS has and this endpoint does not, for create and update alike. */
  void refuseUnsupported(Struct in) {
    in.struct("serviceConnectConfiguration")
        .filter(value -> value.bool("enabled").orElse(true))
        .ifPresent(
            value -> {
              throw EcsError.unsupported("serviceConnectConfiguration", "leave it out.");
            });
    for (String list :
        List.of(
            "volumeConfigurations",
            "vpcLatticeConfigurations",
            "placementConstraints",
            "placementStrategy")) {
      if (!in.structs(list).isEmpty()) {
        throw EcsError.unsupported(list, "leave it out.");
      }
    }
    in.struct("deploymentController")
        .map(controller -> controller.required("type"))
        .filter(type -> !type.equals("ECS"))
        .ifPresent(
            type -> {
              throw EcsError.unsupported("deployment controller " + type, "use ECS.");
            });
  }

  /** The awsvpcConfiguration with all defaults filled in, its subnets and groups checked. */
  Struct network(Struct networkConfiguration) {
    Struct vpc =
        networkConfiguration
            .struct("awsvpcConfiguration")
            .orElseThrow(ServiceRules::networkRequired);
    List<String> subnets = vpc.strings("subnets");
    List<String> groups = vpc.strings("securityGroups");
    if (subnets.isEmpty()) {
      throw EcsError.invalid("subnets can not be empty.");
    }
    if (subnets.size() > MAX_SUBNETS || groups.size() > MAX_GROUPS) {
      throw EcsError.invalid("At most 16 subnets and 5 security groups can be used.");
    }
    Set<String> vpcs = new HashSet<>();
    for (String id : subnets) {
      vpcs.add(
          surroundings.network().subnet(id).map(Network.Subnet::vpcId).orElseThrow(noSubnet(id)));
    }
    for (String id : groups) {
      vpcs.add(surroundings.network().vpcOfSecurityGroup(id).orElseThrow(noGroup(id)));
    }
    if (vpcs.size() > 1) {
      throw EcsError.invalid("All subnets and security groups must be in the same VPC: " + vpcs);
    }
    return vpc.copy()
        .with("securityGroups", groups)
        .with("assignPublicIp", vpc.string("assignPublicIp").orElse("DISABLED"));
  }

  static RuntimeException networkRequired() {
    return EcsError.invalid(
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }

  List<Struct> loadBalancers(List<Struct> requested, TaskDefinition definition) {
    if (requested.size() > MAX_TARGET_GROUPS) {
      throw EcsError.invalid("At most 5 target groups can be used by a service.");
    }
    for (Struct entry : requested) {
      if (entry.has("loadBalancerName")) {
        throw EcsError.unsupported("loadBalancers with loadBalancerName", "use targetGroupArn.");
      }
      checkContainerPort(entry, definition);
      String group = entry.string("targetGroupArn").orElse("");
      checkTargetGroup(group);
      entry.struct("advancedConfiguration").ifPresent(advanced -> checkAdvanced(group, advanced));
    }
    return List.copyOf(requested);
  }

  /**
   * What AWS documents as needed to shift traffic; its words are UNVERIFIED. Without a test
   * listener rule both groups must be those of the production rule.
   */
  private void checkAdvanced(String group, Struct advanced) {
    if (advanced.has("testListenerRule")) {
      throw EcsError.unsupported("advancedConfiguration.testListenerRule", "leave it out.");
    }
    for (String member : List.of("alternateTargetGroupArn", "productionListenerRule", "roleArn")) {
      if (advanced.string(member).filter(value -> !value.isBlank()).isEmpty()) {
        throw EcsError.invalid("advancedConfiguration." + member + " must be provided.");
      }
    }
    String alternate = advanced.required("alternateTargetGroupArn");
    checkTargetGroup(alternate);
    if (alternate.equals(group)) {
      throw EcsError.invalid("The alternate target group must be another one than " + group + ".");
    }
    String rule = advanced.required("productionListenerRule");
    List<String> forwards = surroundings.targetGroups().forwards(rule);
    if (!forwards.containsAll(List.of(group, alternate))) {
      throw EcsError.invalid(
          "The production listener rule "
              + rule
              + " must forward to both target groups: "
              + group
              + ", "
              + alternate);
    }
  }

  /** Whether ECS has what it needs to shift the traffic of these load balancers. */
  static void checkShiftable(DeploymentStrategy strategy, List<Struct> loadBalancers) {
    if (!strategy.shifts()) {
      return;
    }
    if (loadBalancers.isEmpty()) {
      throw EcsError.unsupported(
          "deployment strategy " + strategy.name() + " without a load balancer", "add one.");
    }
    if (!loadBalancers.stream().allMatch(entry -> entry.has("advancedConfiguration"))) {
      throw EcsError.invalid(
          "advancedConfiguration must be provided for load balancers of a service with the "
              + strategy.name()
              + " deployment strategy.");
    }
  }

  private void checkTargetGroup(String arn) {
    TargetGroup group =
        surroundings
            .targetGroups()
            .find(arn)
            .orElseThrow(
                () -> EcsError.invalid("The target group with arn " + arn + " does not exist."));
    if (!group.targetType().equals("ip")) {
      throw EcsError.invalid(
          "The provided target group "
              + arn
              + " has target type "
              + group.targetType()
              + ", which is incompatible with the awsvpc network mode specified in the task"
              + " definition.");
    }
    if (!group.associated()) {
      throw EcsError.invalid(
          "The target group with targetGroupArn "
              + arn
              + " does not have an associated load balancer.");
    }
  }

  List<Struct> registries(List<Struct> requested, TaskDefinition definition) {
    if (requested.size() > 1) {
      throw EcsError.invalid("service registries can have at most 1 items.");
    }
    for (Struct entry : requested) {
      String arn = entry.string("registryArn").orElse("");
      if (!surroundings.registry().hasService(arn)) {
        throw EcsError.invalid("The service registry " + arn + " does not exist.");
      }
      boolean byContainer = entry.has("containerName") || entry.has("containerPort");
      if (byContainer && entry.has("port")) {
        throw EcsError.invalid(
            "A service registry takes port or containerName and containerPort, not both.");
      }
      if (byContainer) {
        checkContainerPort(entry, definition);
      }
    }
    return List.copyOf(requested);
  }

  private static void checkContainerPort(Struct entry, TaskDefinition definition) {
    String name = entry.string("containerName").orElse("");
    Struct container =
        definition
            .container(name)
            .orElseThrow(
                () ->
                    EcsError.invalid(
                        "The container " + name + " does not exist in the task definition."));
    int port = entry.integer("containerPort").orElse(0);
    boolean mapped =
        container.structs("portMappings").stream()
            .anyMatch(mapping -> mapping.integer("containerPort").orElse(-1) == port);
    if (!mapped) {
      throw EcsError.invalid(
          "The container " + name + " did not have a container port " + port + " defined.");
    }
  }

  String platformVersion(String requested) {
    if (!PLATFORM_VERSIONS.contains(requested)) {
      throw new AwsException(
          "PlatformUnknownException", "The specified platform does not exist: " + requested);
    }
    return requested;
  }

  private static Supplier<RuntimeException> noSubnet(String id) {
    return () ->
        EcsError.invalid(
            "Error retrieving subnet information for ["
                + id
                + "]: The subnet ID '"
                + id
                + "' does not exist (ErrorCode: InvalidSubnetID.NotFound)");
  }

  private static Supplier<RuntimeException> noGroup(String id) {
    return () ->
        EcsError.invalid(
            "Error retrieving security group information for ["
                + id
                + "]: The security group '"
                + id
                + "' does not exist (ErrorCode: InvalidGroup.NotFound)");
  }
}
