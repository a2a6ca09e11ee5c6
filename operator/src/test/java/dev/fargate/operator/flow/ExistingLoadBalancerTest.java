package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.ExistingLoadBalancer;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** An environment that uses a load balancer of somebody else. */
class ExistingLoadBalancerTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final VirtualWorld world = new VirtualWorld();
  private final Leftovers person = new Leftovers(world.aws);
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);

  private static <R> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String somebodysLoadBalancer() {
    String group =
        person
            .ec2
            .createSecurityGroup(
                request ->
                    request
                        .groupName("theirs")
                        .description("theirs")
                        .vpcId(environment.getSpec().network.vpcId))
            .groupId();
    String arn =
        person
            .elb
            .createLoadBalancer(
                request ->
                    request
                        .name("theirs")
                        .securityGroups(group)
                        .subnets(environment.getSpec().loadBalancers.get(0).subnets.ids))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    person.elb.createListener(
        request ->
            request
                .loadBalancerArn(arn)
                .port(80)
                .protocol(ProtocolEnum.HTTP)
                .defaultActions(
                    action ->
                        action
                            .type(ActionTypeEnum.FIXED_RESPONSE)
                            .fixedResponseConfig(answer -> answer.statusCode("404"))));
    return arn;
  }

  private void use(String arn) {
    LoadBalancer used = new LoadBalancer();
    used.name = "web";
    used.existing = new ExistingLoadBalancer();
    used.existing.arn = arn;
    environment.getSpec().loadBalancers = List.of(used);
    app.getSpec().env.removeIf(variable -> variable.valueFrom != null);
  }

  @Test
  void itsListenersGetRulesAndItselfIsNeitherChangedNorDeleted() {
    String arn = somebodysLoadBalancer();
    use(arn);
    List<String> theirs = person.all();
    world.forgetCalls();
    world.apply(environment, app);
    world.runUntil("the app is ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
    assertThat(world.app("phoenix").getStatus().url).contains("theirs-");
    world.delete("FargateApp", "phoenix");
    world.delete("FargateEnvironment", "phoenix");
    world.runUntil(
        "both are gone", LONG_ENOUGH, () -> !world.exists("FargateEnvironment", "phoenix"));
    assertThat(person.all()).containsExactlyInAnyOrderElementsOf(theirs);
    assertThat(world.awsWrites())
        .filteredOn(write -> write.startsWith("elasticloadbalancing:"))
        .containsOnly(
            "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:CreateRule",
            "elasticloadbalancing:DeleteRule",
            "elasticloadbalancing:DeleteTargetGroup");
  }

  @Test
  void oneThatIsNotThereIsWaitedForByName() {
    String missing =
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/gone/0123456789abcdef";
    use(missing);
    world.apply(environment);
    world.run(Duration.ofMinutes(1));
    assertThat(world.condition("FargateEnvironment", "phoenix", ConditionType.READY))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo("False");
              assertThat(ready.getMessage())
                  .contains("spec.loadBalancers[web].existing.arn", missing);
            });
    assertThat(world.awsWrites()).isEmpty();
  }
}
