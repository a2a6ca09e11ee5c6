package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskDefinitionTest {
  private final EcsWorld world = new EcsWorld();

  @Test
  void everyRegistrationIsANewRevision() {
    assertThat(world.register("web:1")).endsWith("task-definition/web:1");
    assertThat(world.register("web:1")).endsWith("task-definition/web:2");
    world.call("DeregisterTaskDefinition", Struct.of().with("taskDefinition", "web:2"));
    world.call("DeleteTaskDefinitions", Struct.of().with("taskDefinitions", List.of("web:2")));
    world.seconds(10);
    assertThat(world.register("web:1")).endsWith("task-definition/web:3");
  }

  @Test
  void thereAreExactly74Sizes() {
    int sizes = 0;
    for (int cpu = 256; cpu <= 32768; cpu += 256) {
      for (int memory = 512; memory <= 131072; memory += 512) {
        if (new FargateSize(cpu, memory).exists()) {
          sizes++;
        }
      }
    }
    assertThat(sizes).isEqualTo(74);
  }

  @ParameterizedTest
  @CsvSource({"1 vCPU,2 GB,1024,2048", ".25 vcpu,0.5GB,256,512", "256,512,256,512"})
  void sizesComeBackInUnitsAndMebibytes(String cpu, String memory, String units, String mebibytes) {
    Struct definition =
        registered(EcsWorld.definition("web:1").with("cpu", cpu).with("memory", memory));
    assertThat(definition.required("cpu")).isEqualTo(units);
    assertThat(definition.required("memory")).isEqualTo(mebibytes);
  }

  @ParameterizedTest
  @CsvSource({"256,4096", "512,512", "8192,18432", "32768,65536", "300,512"})
  void aSizeThatFargateLacksIsRefused(String cpu, String memory) {
    refused(
        EcsWorld.definition("web:1").with("cpu", cpu).with("memory", memory),
        "ClientException",
        "No Fargate configuration exists for given values.");
  }

  @Test
  void defaultsAreDescribed() {
    Struct check = Struct.of().with("command", List.of("CMD", "true"));
    Struct container =
        registered(EcsWorld.definition(EcsWorld.container("web:1").with("healthCheck", check)))
            .structs("containerDefinitions")
            .get(0);

    assertThat(container.bool("essential")).contains(true);
    assertThat(container.integer("cpu")).contains(0);
    assertThat(container.has("environment")).isTrue();
    Struct port = container.structs("portMappings").get(0);
    assertThat(port.integer("hostPort")).contains(3000);
    assertThat(port.required("protocol")).isEqualTo("tcp");
    Struct health = container.struct("healthCheck").orElseThrow();
    assertThat(health.integer("interval")).contains(30);
    assertThat(health.integer("timeout")).contains(5);
    assertThat(health.integer("retries")).contains(3);
    assertThat(health.has("startPeriod")).isFalse();
  }

  @Test
  void fargateRulesAreHeld() {
    refused(
        EcsWorld.definition("web:1").with("networkMode", "bridge"),
        "ClientException",
        "Fargate only supports network mode 'awsvpc'.");
    refused(
        EcsWorld.definition("web:1").with("cpu", null),
        "ClientException",
        "Fargate requires that 'cpu' be defined at the task level.");
    Struct hostPort = Struct.of().with("containerPort", 3000).with("hostPort", 80);
    refused(
        EcsWorld.definition(EcsWorld.container("web:1").with("portMappings", List.of(hostPort))),
        "ClientException",
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
    refused(
        EcsWorld.definition("web:1").with("executionRoleArn", "arn:aws:iam::1:role/none"),
        "ClientException",
        "Role is not valid");
    refused(
        EcsWorld.definition("web:1").with("ephemeralStorage", Struct.of().with("sizeInGiB", 20)),
        "ClientException",
        "Ephemeral storage size should be at least 21.");
    refused(
        EcsWorld.definition("web:1")
            .with(
                "containerDefinitions", List.of(EcsWorld.container("a"), EcsWorld.container("b"))),
        "ClientException",
        "Container.name should be unique, found duplicate web");
    refused(
        EcsWorld.definition(EcsWorld.container("web:1").with("essential", false)),
        "ClientException",
        "A task definition must have at least one essential container.");
  }

  @Test
  void aDefinitionAbove64KiBIsRefused() {
    Struct variable = Struct.of().with("name", "BIG").with("value", "x".repeat(66_000));
    refused(
        EcsWorld.definition(EcsWorld.container("web:1").with("environment", List.of(variable))),
        "ClientException",
        "Actual length of the task definition exceeds the limit of 65536.");
  }

  @Test
  void whatIsNotSupportedIsRefusedAndNotIgnored() {
    assertThatThrownBy(
            () ->
                world.call(
                    "RegisterTaskDefinition",
                    EcsWorld.definition("web:1")
                        .with("volumes", List.of(Struct.of().with("name", "data")))))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("UnsupportedFeatureException"))
        .hasMessageContaining("volumes");
  }

  @Test
  void aRunningServiceKeepsItsInactiveDefinition() {
    String definition = world.register("web:1");
    world.steady(EcsWorld.service(definition, 1));
    world.call("DeregisterTaskDefinition", Struct.of().with("taskDefinition", definition));
    world.call("DeleteTaskDefinitions", Struct.of().with("taskDefinitions", List.of(definition)));
    world.call("UpdateService", EcsWorld.update().with("desiredCount", 2));
    world.seconds(60);

    assertThat(world.service().integer("runningCount")).contains(2);
    assertThat(status(definition)).isEqualTo("DELETE_IN_PROGRESS");

    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(120);
    assertThatThrownBy(() -> status(definition)).hasMessage("Unable to describe task definition.");
  }

  @Test
  void aNewServiceCannotUseAnInactiveDefinition() {
    String definition = world.register("web:1");
    world.call("DeregisterTaskDefinition", Struct.of().with("taskDefinition", definition));
    assertThatThrownBy(() -> world.call("CreateService", EcsWorld.service(definition, 1)))
        .hasMessage("TaskDefinition is inactive");
  }

  @Test
  void familiesAndRevisionsAreListed() {
    world.register("web:1");
    world.register("web:2");
    Struct answer =
        world.call(
            "ListTaskDefinitions",
            Struct.of().with("familyPrefix", "web").with("sort", "DESC").with("maxResults", 1));
    assertThat(answer.strings("taskDefinitionArns").get(0)).endsWith("web:2");
    Struct next =
        world.call(
            "ListTaskDefinitions",
            Struct.of()
                .with("familyPrefix", "web")
                .with("sort", "DESC")
                .with("nextToken", answer.required("nextToken")));
    assertThat(next.strings("taskDefinitionArns")).hasSize(1);
    assertThat(next.strings("taskDefinitionArns").get(0)).endsWith("web:1");
  }

  private String status(String definition) {
    return world
        .call("DescribeTaskDefinition", Struct.of().with("taskDefinition", definition))
        .struct("taskDefinition")
        .orElseThrow()
        .required("status");
  }

  private Struct registered(Struct definition) {
    return world.call("RegisterTaskDefinition", definition).struct("taskDefinition").orElseThrow();
  }

  private void refused(Struct definition, String code, String message) {
    assertThatThrownBy(() -> world.call("RegisterTaskDefinition", definition))
        .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
