package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules of RegisterTaskDefinition that AWS's model lacks (AWS-FACTS 3, 14). */
final class TaskDefinitionRules {
  private static final Pattern FAMILY = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_CONTAINERS = 10;

  private final Predicate<String> roleExists;

  TaskDefinitionRules(Predicate<String> roleExists) {
    this.roleExists = roleExists;
  }

  /** The content as DescribeTaskDefinition shows it, or the error of AWS. */
  Struct checked(Struct request) {
    checkFamily(request.required("family"));
    checkFargate(request);
    List<Struct> containers = containers(request);
    FargateSize size =
        FargateSize.parse(
            request
                .string("cpu")
                .orElseThrow(
                    () ->
                        EcsError.client(
                            "Fargate requires that 'cpu' be defined at the task level.")),
            request
                .string("memory")
                .orElseThrow(
                    () ->
                        EcsError.client(
                            "Fargate requires that 'memory' be defined at the task level.")));
    checkSizes(containers, size);
    checkRoles(request, containers);
    checkStorage(request);
    if (request.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw EcsError.client("Actual length of the task definition exceeds the limit of 65536.");
    }
    return described(request, containers, size);
  }

  private static void checkFamily(String family) {
    if (!FAMILY.matcher(family).matches()) {
      throw EcsError.client(
          "Family contains invalid characters: up to 255 letters, numbers, hyphens, and"
              + " underscores are allowed.");
    }
  }

  private static void checkFargate(Struct request) {
    for (Object compatibility : request.strings("requiresCompatibilities")) {
      if (!compatibility.equals("FARGATE")) {
        throw EcsError.unsupported("requiresCompatibilities " + compatibility, "use FARGATE.");
      }
    }
    if (!request.strings("requiresCompatibilities").contains("FARGATE")) {
      throw EcsError.unsupported(
          "task definitions without requiresCompatibilities FARGATE", "add it.");
    }
    if (!request.string("networkMode").orElse("").equals("awsvpc")) {
      throw EcsError.client("Fargate only supports network mode 'awsvpc'.");
    }
    for (String list : List.of("placementConstraints", "inferenceAccelerators")) {
      if (!request.structs(list).isEmpty()) {
        throw EcsError.unsupported(list, "leave it out.");
      }
    }
    for (String field : List.of("pidMode", "ipcMode", "proxyConfiguration")) {
      if (request.has(field)) {
        throw EcsError.unsupported(field, "leave it out.");
      }
    }
    if (request.bool("enableFaultInjection").orElse(false)) {
      throw EcsError.unsupported("enableFaultInjection", "leave it out.");
    }
    request
        .struct("runtimePlatform")
        .flatMap(platform -> platform.string("operatingSystemFamily"))
        .filter(family -> !family.equals("LINUX"))
        .ifPresent(
            family -> {
              throw EcsError.unsupported("operatingSystemFamily " + family, "use LINUX.");
            });
  }

  private static List<Struct> containers(Struct request) {
    List<Struct> containers = request.structs("containerDefinitions");
    if (containers.isEmpty()) {
      throw EcsError.client("Container list cannot be empty.");
    }
    if (containers.size() > MAX_CONTAINERS) {
      throw EcsError.client("Too many containers: at most 10 in a task definition.");
    }
    Set<String> names = new HashSet<>();
    Set<Integer> ports = new HashSet<>();
    List<Struct> checked = containers.stream().map(ContainerRules::checked).toList();
    for (Struct container : checked) {
      if (!names.add(container.required("name"))) {
        throw EcsError.client(
            "Container.name should be unique, found duplicate " + container.required("name"));
      }
      for (Struct port : container.structs("portMappings")) {
        if (port.required("protocol").equals("tcp")
            && !ports.add(port.integer("hostPort").orElseThrow())) {
          throw EcsError.client(
              "Port " + port.integer("hostPort").orElseThrow() + " is mapped by two containers.");
        }
      }
    }
    if (checked.stream().noneMatch(c -> c.bool("essential").orElse(true))) {
      throw EcsError.client("A task definition must have at least one essential container.");
    }
    return checked;
  }

  private static void checkSizes(List<Struct> containers, FargateSize size) {
    int cpu = containers.stream().mapToInt(c -> c.integer("cpu").orElse(0)).sum();
    if (cpu > size.cpuUnits()) {
      throw EcsError.client(
          "The total container cpu " + cpu + " exceeds the task cpu " + size.cpuUnits() + ".");
    }
    int reserved =
        containers.stream().mapToInt(c -> c.integer("memoryReservation").orElse(0)).sum();
    for (Struct container : containers) {
      int memory = container.integer("memory").orElse(size.memoryMiB());
      if (memory > size.memoryMiB() || reserved > size.memoryMiB()) {
        throw EcsError.client(
            "Invalid setting for container '"
                + container.required("name")
                + "'. The memory exceeds that of the task, "
                + size.memoryMiB()
                + ".");
      }
    }
  }

  private void checkRoles(Struct request, List<Struct> containers) {
    for (String field : List.of("executionRoleArn", "taskRoleArn")) {
      request
          .string(field)
          .filter(role -> !roleExists.test(role))
          .ifPresent(
              role -> {
                throw EcsError.client("Role is not valid");
              });
    }
    if (request.has("executionRoleArn")) {
      return;
    }
    for (Struct container : containers) {
      if (!container.structs("secrets").isEmpty()) {
        throw EcsError.client(
            "When you are specifying container secrets, you must also specify a value for"
                + " 'executionRoleArn'.");
      }
      if (container.has("logConfiguration")) {
        throw EcsError.client(
            "Fargate requires task definition to have execution role ARN to support log driver"
                + " awslogs.");
      }
    }
  }

  private static void checkStorage(Struct request) {
    request
        .struct("ephemeralStorage")
        .flatMap(storage -> storage.integer("sizeInGiB"))
        .filter(size -> size < 21 || size > 200)
        .ifPresent(
            size -> {
              throw EcsError.client(
                  size < 21
                      ? "Ephemeral storage size should be at least 21."
                      : "Ephemeral storage size should be at most 200.");
            });
  }

  private static Struct described(Struct request, List<Struct> containers, FargateSize size) {
    Struct described = Struct.of();
    request.members().forEach(described::with);
    return described
        .with("tags", null)
        .with("containerDefinitions", containers)
        .with("cpu", Integer.toString(size.cpuUnits()))
        .with("memory", Integer.toString(size.memoryMiB()))
        .with("volumes", VolumeRules.checked(request, containers))
        .with("placementConstraints", List.of())
        .with("compatibilities", List.of("EC2", "FARGATE"));
  }
}
