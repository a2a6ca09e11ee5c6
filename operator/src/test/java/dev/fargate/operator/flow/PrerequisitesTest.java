package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an environment says of its AWS account: rights, service-linked roles, a way out. */
class PrerequisitesTest {
  private static final Duration A_FEW_PASSES = Duration.ofMinutes(3);
  private static final String LISTENER =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/phoenix/*";

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @AfterEach
  void close() {
    world.close();
  }

  private Condition prerequisites() {
    return world
        .condition("FargateEnvironment", "phoenix", ConditionType.PREREQUISITES_MET)
        .orElseThrow();
  }

  private void applied() {
    world.apply(faults.environment);
    world.run(A_FEW_PASSES);
  }

  private void deny(String operation, String message) {
    world.aws.faults().on(operation).fail("AccessDeniedException", message);
  }

  private static String refusal(String action, String resource) {
    return "User: arn:aws:sts::123456789012:assumed-role/op/x is not authorized to perform: "
        + action
        + " on resource: "
        + resource
        + " because no identity-based policy allows the "
        + action
        + " action";
  }

  private List<String> warnings() {
    return world.events.stream()
        .filter(note -> note.reason().equals("PrerequisiteMissing"))
        .map(Pass.Note::message)
        .toList();
  }

  @Test
  void whereNothingIsRefusedAndTheSubnetsLeadOutTheyAreMet() {
    applied();
    assertThat(prerequisites().getStatus()).isEqualTo("True");
    assertThat(prerequisites().getReason()).isEqualTo("NothingMissing");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aRightIsNamedWithItsResourceAndAnEventTellsItOnce() {
    deny(
        "elasticloadbalancing:CreateListener",
        refusal("elasticloadbalancing:CreateListener", LISTENER));
    applied();
    assertThat(prerequisites().getStatus()).isEqualTo("False");
    assertThat(prerequisites().getReason()).isEqualTo("PrerequisiteMissing");
    assertThat(prerequisites().getMessage())
        .contains("the right elasticloadbalancing:CreateListener on " + LISTENER);
    world.run(Duration.ofMinutes(20));
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void ofAnAppsRolesTheEnvironmentSaysWhichMayNotBeHandedOn() {
    String role = "arn:aws:iam::123456789012:role/fargate-operator-task";
    faults.environment();
    deny("ecs:RegisterTaskDefinition", refusal("iam:PassRole", role));
    faults.apply();
    world.run(A_FEW_PASSES);
    assertThat(prerequisites().getMessage()).contains("the right iam:PassRole on " + role + ".");
    assertThat(world.ready("FargateEnvironment", "phoenix")).isTrue();
  }

  @Test
  void aMissingServiceLinkedRoleComesWithTheCommandThatMakesIt() {
    deny(
        "elasticloadbalancing:CreateLoadBalancer",
        refusal(
            "iam:CreateServiceLinkedRole",
            "arn:aws:iam::123456789012:role/aws-service-role/elasticloadbalancing.amazonaws.com"
                + "/AWSServiceRoleForElasticLoadBalancing"));
    applied();
    assertThat(prerequisites().getMessage())
        .contains(
            "aws iam create-service-linked-role --aws-service-name"
                + " elasticloadbalancing.amazonaws.com");
  }

  @Test
  void theRoleThatEcsCannotAssumeIsItsServiceLinkedOne() {
    world
        .aws
        .faults()
        .on("ecs:CreateCluster")
        .fail(
            "InvalidParameterException",
            "Unable to assume the service linked role. Please verify that the ECS service linked"
                + " role exists.");
    applied();
    assertThat(prerequisites().getMessage())
        .contains("create-service-linked-role --aws-service-name ecs.amazonaws.com");
  }

  @Test
  void whatIsAllowedAgainIsNoLongerMissing() {
    deny("ecs:ListServices", "not allowed");
    applied();
    assertThat(prerequisites().getMessage()).contains("the right ecs:ListServices");
    world.aws.faults().clear();
    world.run(A_FEW_PASSES);
    assertThat(prerequisites().getReason()).isEqualTo("NothingMissing");
  }

  @Test
  void aRightOnOneResourceIsBelievedMissingUntilItWasNotRefusedForAQuarterOfAnHour() {
    deny(
        "elasticloadbalancing:CreateListener",
        refusal("elasticloadbalancing:CreateListener", LISTENER));
    applied();
    world.aws.faults().clear();
    world.run(Duration.ofMinutes(6));
    assertThat(world.ready("FargateEnvironment", "phoenix")).isTrue();
    assertThat(prerequisites().getStatus()).isEqualTo("False");
    world.run(Duration.ofMinutes(16));
    assertThat(prerequisites().getStatus()).isEqualTo("True");
  }

  @Test
  void aRoleThatMayNotBeAssumedIsMissingEvenBeforeAnythingWasRead() {
    world
        .aws
        .faults()
        .on("*")
        .fail("AccessDenied", refusal("sts:AssumeRole", "arn:aws:iam::1:role/x"));
    applied();
    assertThat(prerequisites().getMessage())
        .contains("the right sts:AssumeRole on arn:aws:iam::1:role/x");
  }

  @Test
  void subnetsBehindAnInternetGatewayNeedPublicAddresses() {
    faults.environment.getSpec().network.subnets.ids = List.of("subnet-0aaa0000000000001");
    applied();
    assertThat(prerequisites().getStatus()).isEqualTo("Unknown");
    assertThat(prerequisites().getReason()).isEqualTo("WayOutUnknown");
    assertThat(prerequisites().getMessage())
        .contains("subnet-0aaa0000000000001", "spec.network.assignPublicIp");
    assertThat(world.ready("FargateEnvironment", "phoenix")).isTrue();

    faults.environment.getSpec().network.assignPublicIp = true;
    applied();
    assertThat(prerequisites().getStatus()).isEqualTo("True");
  }

  @Test
  void routeTablesAreReadSeldomAndTheirFailureStopsNothing() {
    world.aws.faults().on("ec2:DescribeRouteTables").fail("InternalError", "once");
    applied();
    assertThat(world.ready("FargateEnvironment", "phoenix")).isTrue();
    assertThat(prerequisites().getReason()).isEqualTo("WayOutUnknown");
    assertThat(prerequisites().getMessage()).contains("cannot be read: InternalError");
    world.aws.faults().clear();
    world.run(A_FEW_PASSES);
    assertThat(prerequisites().getStatus()).isEqualTo("True");
    int before = reads();
    world.run(Duration.ofMinutes(30));
    assertThat(reads() - before).isBetween(2, 3);
  }

  private int reads() {
    return world.aws.calls().matching(call -> call.name().equals("ec2:DescribeRouteTables")).size();
  }
}
