package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyServicesTest {
  @Test
  void aHundredServicesGetSteadyAndEqualRunsGiveEqualIds() {
    assertThat(run()).isEqualTo(run());
  }

  private static List<Struct> run() {
    EcsWorld world = new EcsWorld();
    String definition = world.register("web:1");
    for (int i = 0; i < 100; i++) {
      world.call(
          "CreateService",
          EcsWorld.service(definition, 2)
              .with("serviceName", "s" + i)
              .with("networkConfiguration", roomy()));
    }
    world.seconds(90);
    List<Struct> tasks =
        world
            .call(
                "DescribeTasks",
                Struct.of()
                    .with("cluster", "main")
                    .with(
                        "tasks",
                        world
                            .call("ListTasks", Struct.of().with("cluster", "main"))
                            .strings("taskArns")))
            .structs("tasks");
    assertThat(tasks).hasSize(100).allMatch(t -> t.required("lastStatus").equals("RUNNING"));
    return tasks;
  }

  /** Only the subnet that has addresses for all of them. */
  private static Struct roomy() {
    return Struct.of()
        .with("awsvpcConfiguration", Struct.of().with("subnets", List.of(Ec2Fixture.SUBNET_A)));
  }
}
