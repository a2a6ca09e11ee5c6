package dev.fargate.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.quickstart.sample.Sample;
import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlatformTest {
  private static final Home HOME = new Home(Path.of("../..").toAbsolutePath().normalize());

  @Test
  void theSampleNamesWhatTheLocalAccountHas() {
    Sample sample = Sample.read(HOME.defaultSample());
    try (Platform platform =
        new Platform(new Options(HOME.defaultSample(), OptionalInt.of(0), 0, 0), HOME)) {
      var world = platform.aws().world();
      var environment = sample.ofKind("FargateEnvironment").get(0);

      sample.requireRegion(world.region());
      assertThat(world.vpcs())
          .anyMatch(vpc -> vpc.id().equals(environment.at("/spec/network/vpcId").asText()));
      assertThat(environment.at("/spec/network/subnets/ids"))
          .allMatch(id -> world.subnets().stream().anyMatch(s -> s.id().equals(id.asText())));
      assertThat(environment.at("/spec/loadBalancers/0/subnets/ids"))
          .allMatch(id -> world.subnets().stream().anyMatch(s -> s.id().equals(id.asText())));
      assertThat(world.role(environment.at("/spec/defaults/executionRoleArn").asText()))
          .isPresent();
      assertThat(world.topics()).contains(Announcement.ALARM_QUEUE);
      assertThat(environment.at("/spec/defaults/topicArn").asText())
          .endsWith(":" + Announcement.ALARM_QUEUE);
      assertThat(platform.awsUrl()).hasHost("127.0.0.1");
      assertThat(URI.create(platform.client().getConfiguration().getMasterUrl()))
          .hasHost("127.0.0.1");
    }
  }
}
