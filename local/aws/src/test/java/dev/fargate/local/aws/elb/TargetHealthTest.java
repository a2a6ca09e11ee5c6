package dev.fargate.local.aws.elb;

import static dev.fargate.local.aws.elb.ElbFixture.REFUSED;
import static dev.fargate.local.aws.elb.ElbFixture.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Interval 10 s, timeout 5 s, healthy after 3, unhealthy after 2 (see the fixture). */
class TargetHealthTest {
  private static final TargetProbe.Answer OK = new TargetProbe.Answer(200, false);

  private final ElbFixture aws = new ElbFixture();
  private final String group = aws.group("app");

  private String attach() {
    return aws.rule(aws.listener(aws.loadBalancer("web")), 1, group);
  }

  private String registered(TargetProbe.Answer answer) {
    String ip = aws.task();
    aws.answers.put(ip, answer);
    aws.elb.targetGroups().register(group, ip, 3000);
    return ip;
  }

  private void pass(int seconds) {
    aws.clock.advance(Duration.ofSeconds(seconds));
  }

  private List<RoutingTable.Target> routed() {
    return aws.elb.routingTable().pools().get(group).targets();
  }

  @Test
  void aTargetIsUnusedUntilARuleNamesItsGroup() {
    String ip = registered(OK);
    pass(60);
    assertThat(aws.state(group, ip)).isEqualTo("unused");
    assertThat(aws.reason(group, ip)).isEqualTo("Target.NotInUse");
    String rule = attach();
    assertThat(aws.state(group, ip)).isEqualTo("initial");
    pass(1);
    assertThat(aws.state(group, ip)).isEqualTo("healthy");
    aws.call("DeleteRule", Struct.of().with("RuleArn", rule));
    assertThat(aws.state(group, ip)).isEqualTo("unused");
  }

  @Test
  void theFirstGoodAnswerMakesANewTargetHealthy() {
    attach();
    String ip = registered(OK);
    assertThat(aws.state(group, ip)).isEqualTo("initial");
    assertThat(aws.reason(group, ip)).isEqualTo("Elb.RegistrationInProgress");
    pass(1);
    assertThat(aws.state(group, ip)).isEqualTo("healthy");
  }

  @Test
  void thresholdsDecideWhenATargetFallsIllAndRecovers() {
    attach();
    String ip = registered(OK);
    pass(1);
    aws.answers.put(ip, new TargetProbe.Answer(500, false));
    pass(10);
    assertThat(aws.state(group, ip)).isEqualTo("healthy");
    pass(10);
    assertThat(aws.state(group, ip)).isEqualTo("unhealthy");
    assertThat(aws.reason(group, ip)).isEqualTo("Target.ResponseCodeMismatch");
    assertThat(aws.elb.targetGroups().health(group, ip, 3000).orElseThrow().description())
        .isEqualTo("Health checks failed with these codes: [500]");
    aws.answers.put(ip, OK);
    pass(20);
    assertThat(aws.state(group, ip)).isEqualTo("unhealthy");
    pass(10);
    assertThat(aws.state(group, ip)).isEqualTo("healthy");
  }

  @Test
  void aNewTargetThatNeverAnswersBecomesUnhealthy() {
    attach();
    String refusing = registered(REFUSED);
    String silent = registered(TIMEOUT);
    pass(1);
    assertThat(aws.state(group, refusing)).isEqualTo("initial");
    assertThat(aws.reason(group, refusing)).isEqualTo("Elb.InitialHealthChecking");
    pass(10);
    assertThat(aws.reason(group, refusing)).isEqualTo("Target.FailedHealthChecks");
    assertThat(aws.reason(group, silent)).isEqualTo("Target.Timeout");
  }

  @Test
  void aTargetThatTheSecurityGroupsHideTimesOut() {
    attach();
    Struct permission =
        Struct.of()
            .with("GroupId", aws.appGroup)
            .with("IpPermissions", List.of(Ec2Fixture.fromGroup(3000, aws.lbGroup)));
    Ec2Fixture.call(aws.ec2, "RevokeSecurityGroupIngress", permission);
    String ip = registered(OK);
    pass(5);
    assertThat(aws.state(group, ip)).isEqualTo("initial");
    pass(11);
    assertThat(aws.state(group, ip)).isEqualTo("unhealthy");
    assertThat(aws.reason(group, ip)).isEqualTo("Target.Timeout");
    Ec2Fixture.call(aws.ec2, "AuthorizeSecurityGroupIngress", permission);
    pass(40);
    assertThat(aws.state(group, ip)).isEqualTo("healthy");
  }

  @Test
  void aTargetDrainsForTheDeregistrationDelayAndIsGone() {
    aws.call(
        "ModifyTargetGroupAttributes",
        Struct.of()
            .with("TargetGroupArn", group)
            .with(
                "Attributes",
                List.of(
                    Struct.of()
                        .with("Key", "deregistration_delay.timeout_seconds")
                        .with("Value", "30"))));
    attach();
    String ip = registered(OK);
    pass(1);
    aws.elb.targetGroups().deregister(group, ip, 3000);
    assertThat(aws.state(group, ip)).isEqualTo("draining");
    assertThat(aws.reason(group, ip)).isEqualTo("Target.DeregistrationInProgress");
    assertThat(routed()).isEmpty();
    pass(29);
    assertThat(aws.state(group, ip)).isEqualTo("draining");
    pass(1);
    assertThat(aws.state(group, ip)).isEqualTo("gone");
    Struct asked =
        Struct.of()
            .with("TargetGroupArn", group)
            .with("Targets", List.of(Struct.of().with("Id", ip).with("Port", 3000)));
    assertThat(
            aws.call("DescribeTargetHealth", asked)
                .structs("TargetHealthDescriptions")
                .get(0)
                .struct("TargetHealth")
                .orElseThrow()
                .required("Reason"))
        .isEqualTo("Target.NotRegistered");
  }

  @Test
  void aDrainingTargetThatIsRegisteredAgainStartsAnew() {
    attach();
    String ip = registered(OK);
    pass(1);
    aws.elb.targetGroups().deregister(group, ip, 3000);
    aws.elb.targetGroups().register(group, ip, 3000);
    assertThat(aws.state(group, ip)).isEqualTo("initial");
    pass(400);
    assertThat(aws.state(group, ip)).isEqualTo("healthy");
  }

  @Test
  void requestsGoToHealthyTargetsAndToAllWhenNoneIsHealthy() {
    attach();
    String good = registered(OK);
    String bad = registered(new TargetProbe.Answer(500, false));
    pass(1);
    assertThat(routed()).extracting(RoutingTable.Target::ip).containsExactly(good);
    pass(10);
    assertThat(aws.state(group, bad)).isEqualTo("unhealthy");
    assertThat(routed()).extracting(RoutingTable.Target::ip).containsExactly(good);
    aws.answers.put(good, REFUSED);
    pass(20);
    assertThat(routed()).extracting(RoutingTable.Target::ip).containsExactly(good, bad);
  }

  @Test
  void clientsRegisterAndDeregisterByAddress() {
    attach();
    String ip = aws.task();
    aws.answers.put(ip, OK);
    Struct input =
        Struct.of()
            .with("TargetGroupArn", group)
            .with("Targets", List.of(Struct.of().with("Id", ip)));
    aws.call("RegisterTargets", input);
    pass(1);
    assertThat(aws.state(group, ip)).isEqualTo("healthy");
    aws.call("DeregisterTargets", input);
    assertThat(aws.state(group, ip)).isEqualTo("draining");
    assertThat(aws.call("DeregisterTargets", input)).isEqualTo(Struct.of());
  }
}
