package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one container definition for Fargate and fills in what AWS describes as default. */
final class ContainerRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final int MAX_IMAGE = 255;
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "repositoryCredentials",
          "links",
          "restartPolicy",
          "environmentFiles",
          "volumesFrom",
          "dependsOn",
          "firelensConfiguration",
          "resourceRequirements",
          "credentialSpecs");
  private static final Set<String> NOT_ON_FARGATE =
      Set.of(
          "hostname",
          "disableNetworking",
          "dnsServers",
          "dnsSearchDomains",
          "extraHosts",
          "dockerSecurityOptions");

  private final Struct container;
  private final String name;

  private ContainerRules(Struct container) {
    this.container = container;
    this.name = container.string("name").orElse("");
  }

  /** The container as DescribeTaskDefinition shows it. */
  static Struct checked(Struct container) {
    ContainerRules rules = new ContainerRules(container);
    rules.checkNameAndImage();
    rules.checkSupported();
    rules.checkSecrets();
    rules.checkStopTimeout();
    rules.checkLogs();
    return rules.withDefaults();
  }

  private void checkNameAndImage() {
    if (name.isEmpty()) {
      throw EcsError.client("Container.name should not be null or empty.");
    }
    if (!NAME.matcher(name).matches()) {
      throw EcsError.client(
          "Container.name contains invalid characters or is longer than 255: " + name);
    }
    String image = container.string("image").orElse("");
    if (image.isBlank()) {
      throw EcsError.client("Container.image should not be null or empty.");
    }
    if (image.length() > MAX_IMAGE || image.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw EcsError.client(
          "Container.image repository should be up to 255 printable characters: " + name);
    }
  }

  private void checkSupported() {
    for (String field : UNSUPPORTED) {
      Object value = container.get(field);
      if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
        throw EcsError.unsupported("containerDefinitions." + field, "leave it out.");
      }
    }
    for (String field : NOT_ON_FARGATE) {
      Object value = container.get(field);
      if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
        throw EcsError.client(
            "The " + field + " parameter is not supported for networkMode=awsvpc or Fargate.");
      }
    }
    if (container.bool("privileged").orElse(false)) {
      throw EcsError.client("Tasks using the launch type FARGATE do not support privileged.");
    }
    if (container.integer("memory").filter(memory -> memory < 6).isPresent()) {
      throw EcsError.client("Invalid setting for container '" + name + "'. At least 6 MiB memory.");
    }
  }

  private void checkSecrets() {
    Set<String> names = new HashSet<>();
    for (Struct secret : container.structs("secrets")) {
      if (!names.add(secret.required("name"))) {
        throw EcsError.client(
            "Duplicate secret names found: " + secret.required("name") + " in " + name);
      }
    }
    for (Struct variable : container.structs("environment")) {
      String variableName = variable.string("name").orElse("");
      if (variableName.isEmpty()) {
        throw EcsError.client("Environment variable name is blank in container " + name + ".");
      }
      if (names.contains(variableName)) {
        throw EcsError.client(
            "The secret name must be unique and not shared with any new or existing environment"
                + " variables set on the container, such as '"
                + variableName
                + "'.");
      }
    }
  }

  private void checkStopTimeout() {
    for (String field : List.of("stopTimeout", "startTimeout")) {
      container
          .integer(field)
          .filter(seconds -> seconds < 2 || seconds > 120)
          .ifPresent(
              seconds -> {
                throw EcsError.client(
                    "Fargate requires " + field + " of 2 to 120 seconds, was " + seconds + ".");
              });
    }
    container.struct("healthCheck").ifPresent(this::checkHealth);
  }

  private void checkHealth(Struct check) {
    inRange(check, "interval", 5, 300);
    inRange(check, "timeout", 2, 60);
    inRange(check, "retries", 1, 10);
    inRange(check, "startPeriod", 0, 300);
    List<String> command = check.strings("command");
    if (command.isEmpty() || !Set.of("CMD", "CMD-SHELL", "NONE").contains(command.get(0))) {
      throw EcsError.client(
          "Health check command must start with CMD or CMD-SHELL in container " + name + ".");
    }
  }

  private void inRange(Struct check, String field, int from, int to) {
    check
        .integer(field)
        .filter(value -> value < from || value > to)
        .ifPresent(
            value -> {
              throw EcsError.client(
                  "Health check " + field + " must be between " + from + " and " + to + ".");
            });
  }

  private void checkLogs() {
    Struct logs = container.struct("logConfiguration").orElse(null);
    if (logs == null) {
      return;
    }
    String driver = logs.required("logDriver");
    if (!driver.equals("awslogs")) {
      throw EcsError.unsupported("log driver " + driver, "use awslogs.");
    }
    if (!logs.structs("secretOptions").isEmpty()) {
      throw EcsError.unsupported("logConfiguration.secretOptions", "leave it out.");
    }
    if ("true".equals(logs.map("options").get("awslogs-create-group"))) {
      throw EcsError.unsupported("awslogs-create-group", "create the log group first.");
    }
    for (String option : List.of("awslogs-group", "awslogs-region", "awslogs-stream-prefix")) {
      if (!logs.map("options").containsKey(option)) {
        throw EcsError.client(
            "Log driver awslogs requires options: awslogs-group, awslogs-region,"
                + " awslogs-stream-prefix; missing "
                + option
                + ".");
      }
    }
  }

  private Struct withDefaults() {
    Struct described = container.copy();
    if (!described.has("cpu")) {
      described.with("cpu", 0);
    }
    if (!described.has("essential")) {
      described.with("essential", true);
    }
    for (String list : List.of("environment", "mountPoints", "volumesFrom", "systemControls")) {
      if (!described.has(list)) {
        described.with(list, List.of());
      }
    }
    described.with("portMappings", ports());
    container
        .struct("healthCheck")
        .ifPresent(check -> described.with("healthCheck", healthWithDefaults(check)));
    return described;
  }

  private List<Struct> ports() {
    List<Struct> ports = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Struct mapping : container.structs("portMappings")) {
      if (mapping.has("containerPortRange")) {
        throw EcsError.unsupported("portMappings.containerPortRange", "name each port.");
      }
      int port = mapping.integer("containerPort").orElse(0);
      if (port < 1 || port > 65535) {
        throw EcsError.client("Invalid 'containerPort' setting for container '" + name + "'.");
      }
      int hostPort = mapping.integer("hostPort").orElse(0);
      if (hostPort != 0 && hostPort != port) {
        throw EcsError.client(
            "When networkMode=awsvpc, the host ports and container ports in port mappings must"
                + " match.");
      }
      String protocol = mapping.string("protocol").orElse("tcp");
      if (!seen.add(port + "/" + protocol)) {
        throw EcsError.client("Duplicate port mapping " + port + " in container '" + name + "'.");
      }
      ports.add(mapping.copy().with("hostPort", port).with("protocol", protocol));
    }
    return ports;
  }

  private static Struct healthWithDefaults(Struct check) {
    return check
        .copy()
        .with("interval", check.integer("interval").orElse(30))
        .with("timeout", check.integer("timeout").orElse(5))
        .with("retries", check.integer("retries").orElse(3));
  }
}
