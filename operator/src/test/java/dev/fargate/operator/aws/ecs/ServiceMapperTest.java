package dev.fargate.operator.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.Ownership;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ResourceManagementType;
import software.amazon.awssdk.services.ecs.model.Service;

/** What of a service as AWS describes it is passed on. */
class ServiceMapperTest {
  private static Service.Builder service() {
    return Service.builder()
        .serviceArn("arn:aws:ecs:r:1:service/c/web")
        .serviceName("web")
        .clusterArn("arn:aws:ecs:r:1:cluster/c")
        .taskDefinition("arn:aws:ecs:r:1:task-definition/web:1")
        .desiredCount(1)
        .status("ACTIVE");
  }

  @Test
  void aServiceThatEcsManagesItselfIsKnownByTheFieldThatSaysSo() {
    assertThat(
            ServiceMapper.seen(
                    service().resourceManagementType(ResourceManagementType.ECS).build(),
                    arn -> null)
                .tags())
        .containsKey(Ownership.MANAGED_BY_ECS);
    assertThat(
            ServiceMapper.seen(
                    service().resourceManagementType(ResourceManagementType.CUSTOMER).build(),
                    arn -> null)
                .tags())
        .isEmpty();
  }
}
