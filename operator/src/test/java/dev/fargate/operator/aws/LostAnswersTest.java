package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.call.Call;
import dev.fargate.local.aws.call.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A create took effect, but nobody heard (R1): no duplicate, no leak, nobody needed. */
class LostAnswersTest {
  /** What an undisturbed run leaves. */
  private static final int UNDISTURBED = 31;

  private final World world = new World();
  private final Leftovers account = new Leftovers(world.aws);

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ecs:CreateCluster",
        "servicediscovery:CreatePrivateDnsNamespace",
        "ec2:CreateSecurityGroup",
        "ec2:AuthorizeSecurityGroupIngress",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:CreateRule",
        "logs:CreateLogGroup",
        "secretsmanager:CreateSecret",
        "elasticfilesystem:CreateFileSystem",
        "elasticfilesystem:CreateAccessPoint",
        "elasticfilesystem:CreateMountTarget",
        "backup:CreateBackupVault",
        "backup:CreateBackupPlan",
        "backup:CreateBackupSelection",
        "servicediscovery:CreateService",
        "ecs:RegisterTaskDefinition",
        "ecs:CreateService",
        "application-autoscaling:RegisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "monitoring:PutMetricAlarm"
      })
  void aLostAnswerLeavesExactlyWhatAnUndisturbedRunLeaves(String call) {
    Fault lost = world.aws.faults().on(call).times(1).loseResponse();

    world.applyPhoenix();
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(3));

    assertThat(lost.hits()).isEqualTo(1);
    assertThat(account.all()).hasSize(UNDISTURBED);
    assertThat(account.ecs.listTaskDefinitions().taskDefinitionArns())
        .allMatch(arn -> arn.endsWith(":1"));

    world.aws.calls().clear();
    world.restart();
    world.goOn(Duration.ofMinutes(2));
    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();
  }

  @Test
  void anUndisturbedRunLeavesThisMany() {
    world.applyPhoenix();
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(3));

    assertThat(account.all()).hasSize(UNDISTURBED);
  }

  @Test
  void anAwsThatIsAwayForAnHourDelaysAndBreaksNothing() {
    world.applyPhoenix();
    world.goOn(Duration.ofSeconds(20));
    Fault away = world.aws.faults().on("*").fail("ServiceUnavailable", "asked for by a test");

    world.goOn(Duration.ofHours(1));
    away.cancel();
    world.untilAllReady();

    assertThat(account.all()).hasSize(UNDISTURBED);
  }
}
