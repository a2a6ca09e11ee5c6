package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.environment.PublicZone;
import dev.fargate.local.aws.call.Call;
import dev.fargate.local.aws.call.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.route53.model.RRType;

/** A create took effect, but nobody heard (R1): no duplicate, no leak, nobody needed. */
class LostAnswersTest {
  /** What an undisturbed run leaves. */
  private static final int UNDISTURBED = 31;

  private static final String ZONE = "Z00000000EXAMPLECOM";
  private static final String HOST = "app.example.com";

  /** The record that says whose the name is. */
  private static final String OWNER_OF_HOST = "_fargate-operator." + HOST;

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
  void aLostAnswerOfAPublicNameLeavesItOnce() {
    Fault lost = lostNames();
    withPublicName();
    restsAfter(lost);
    assertThat(publicNames()).containsExactlyInAnyOrder(HOST + ". A", OWNER_OF_HOST + ". TXT");
    assertThat(account.all()).hasSize(UNDISTURBED);
  }

  @Test
  void aLostAnswerOfANameThatMovesLeavesTheNewOneAlone() {
    withPublicName();
    Fault lost = lostNames();
    hosts().set(0, "other." + HOST);
    edited();
    restsAfter(lost);
    assertThat(publicNames()).hasSize(2).allMatch(name -> name.contains("other." + HOST));
  }

  @Test
  void aLostAnswerOfANameThatGoesLeavesNone() {
    withPublicName();
    Fault lost = lostNames();
    hosts().clear();
    edited();
    restsAfter(lost);
    assertThat(publicNames()).isEmpty();
  }

  @Test
  void aLostAnswerWhileItsAppIsDeletedLeavesNone() {
    withPublicName();
    Fault lost = lostNames();
    world.delete("FargateApp");
    restsAfter(lost);
    assertThat(publicNames()).isEmpty();
    assertThat(world.app("phoenix")).isNull();
  }

  private Fault lostNames() {
    return world.aws.faults().on("route53:ChangeResourceRecordSets").times(1).loseResponse();
  }

  private void withPublicName() {
    world.applyPhoenix();
    PublicZone zone = new PublicZone();
    zone.domain = "example.com";
    zone.hostedZoneId = ZONE;
    world.environment("phoenix").orElseThrow().getSpec().publicZones.add(zone);
    hosts().add(HOST);
    world.untilAllReady();
  }

  private List<String> hosts() {
    return world.app("phoenix").getSpec().ingresses.get(0).hosts;
  }

  private void edited() {
    world.app("phoenix").getMetadata().setGeneration(2L);
  }

  /** The answer was lost once, and in the end nobody has anything to do any more. */
  private void restsAfter(Fault lost) {
    world.goOn(Duration.ofMinutes(10));
    assertThat(lost.hits()).isEqualTo(1);
    world.aws.calls().clear();
    world.restart();
    world.goOn(Duration.ofMinutes(2));
    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();
  }

  /** All but what a zone has from the beginning. */
  private List<String> publicNames() {
    return account
        .route53
        .listResourceRecordSets(r -> r.hostedZoneId(ZONE))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.type() != RRType.NS && set.type() != RRType.SOA)
        .map(set -> set.name() + " " + set.typeAsString())
        .toList();
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
