package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One cluster: its settings, services by ARN and tasks by ARN. */
final class Cluster {
  final String name;
  final String arn;
  boolean active = true;
  List<Struct> settings;
  Struct configuration;
  List<String> capacityProviders = List.of();
  List<Struct> defaultStrategy = List.of();
  Map<String, String> tags = new LinkedHashMap<>();
  final Map<String, Service> services = new LinkedHashMap<>();
  final Map<String, Task> tasks = new LinkedHashMap<>();

  /** What RunTask launched, by client token. */
  final Map<String, RunTask.Launched> launched = new HashMap<>();

  Cluster(String name, String arn) {
    this.name = name;
    this.arn = arn;
    this.settings =
        List.of(Struct.of().with("name", "containerInsights").with("value", "disabled"));
  }

  List<Service> activeServices() {
    return services.values().stream().filter(s -> s.status == Service.Status.ACTIVE).toList();
  }

  List<Task> tasksNotStopped() {
    return tasks.values().stream().filter(t -> t.status != TaskStatus.STOPPED).toList();
  }
}
