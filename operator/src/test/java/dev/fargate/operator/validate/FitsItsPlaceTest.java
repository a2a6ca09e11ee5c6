package dev.fargate.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.operator.stack.build.Phoenix;
import dev.fargate.operator.stack.build.Place;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A spec that is good by itself and does not fit the environment that it names. */
class FitsItsPlaceTest {
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:on-call";
  private static final String ELSEWHERE = "arn:aws:sns:eu-west-1:123456789012:on-call";

  // Alarms

  private static Alarm alarm(String name, String topicArn) {
    Alarm alarm = new Alarm();
    alarm.name = name;
    alarm.topicArn = topicArn;
    return alarm;
  }

  private static List<Problem> unheard(String region, String topicArn, Alarm... alarms) {
    return AlarmValidation.unheard(List.of(alarms), "phoenix", region, topicArn);
  }

  @Test
  void anAlarmIsHeardByItsOwnTopicOrTheEnvironments() {
    assertThat(unheard("eu-central-1", TOPIC, alarm("busy", null))).isEmpty();
    assertThat(unheard("eu-central-1", null, alarm("busy", TOPIC))).isEmpty();
    assertThat(unheard("eu-central-1", ELSEWHERE, alarm("busy", TOPIC)))
        .as("its own comes first")
        .isEmpty();
  }

  @Test
  void anAlarmWithoutATopicIsRefusedWithTheTwoPlacesToNameOne() {
    assertThat(unheard("eu-central-1", null, alarm("ok", TOPIC), alarm("busy", null)))
        .singleElement()
        .hasToString(
            "spec.alarms[1].topicArn: nobody would hear alarm busy: name an SNS topic here, or as"
                + " defaults.topicArn of FargateEnvironment phoenix");
  }

  @Test
  void aTopicOfAnotherRegionHearsNothing() {
    assertThat(unheard("eu-central-1", ELSEWHERE, alarm("busy", null)))
        .singleElement()
        .hasToString(
            "spec.alarms[0].topicArn: nobody would hear alarm busy: CloudWatch in eu-central-1"
                + " tells topics of that region only, not "
                + ELSEWHERE);
    assertThat(unheard("eu-central-1", "arn:aws:sns", alarm("busy", null))).hasSize(1);
  }

  @Test
  void aRegionThatAPreviewDoesNotKnowIsComparedWithNothing() {
    assertThat(unheard("(the environment's region)", TOPIC, alarm("busy", null))).isEmpty();
  }

  // Backup

  @Test
  void aBackupNeedsARoleItsOwnOrTheEnvironments() {
    Backup backup = new Backup();
    Defaults defaults = new Defaults();
    assertThat(RoleValidation.backup(null, "phoenix", null)).isEmpty();
    assertThat(RoleValidation.backup(backup, "phoenix", null)).hasSize(1);
    assertThat(RoleValidation.backup(backup, "phoenix", defaults))
        .singleElement()
        .hasToString(
            "spec.backup.roleArn: nobody could make the backup: name a role that trusts"
                + " backup.amazonaws.com here, or as defaults.backupRoleArn of FargateEnvironment"
                + " phoenix");
    defaults.backupRoleArn = "arn:aws:iam::123456789012:role/backup";
    assertThat(RoleValidation.backup(backup, "phoenix", defaults)).isEmpty();
    backup.roleArn = defaults.backupRoleArn;
    assertThat(RoleValidation.backup(backup, "phoenix", null)).isEmpty();
  }

  // Roles

  @Test
  void tasksNeedAnExecutionRoleTheirOwnOrTheEnvironments() {
    Iam iam = new Iam();
    Defaults defaults = new Defaults();
    assertThat(RoleValidation.execution(null, "phoenix", null)).hasSize(1);
    assertThat(RoleValidation.execution(iam, "phoenix", defaults))
        .singleElement()
        .hasToString(
            "spec.iam.executionRoleArn: nobody could pull the image or write the logs: name a role"
                + " that trusts ecs-tasks.amazonaws.com here, or as defaults.executionRoleArn of"
                + " FargateEnvironment phoenix");
    defaults.executionRoleArn = "arn:aws:iam::123456789012:role/start";
    assertThat(RoleValidation.execution(iam, "phoenix", defaults)).isEmpty();
    iam.executionRoleArn = defaults.executionRoleArn;
    assertThat(RoleValidation.execution(iam, "phoenix", null)).isEmpty();
  }

  // Rollout strategy

  private final FargateApp app = Phoenix.app();

  private static Place place(String infrastructureRole) {
    Place place = Phoenix.place();
    place.defaults().infrastructureRoleArn = infrastructureRole;
    return place;
  }

  private void strategy(String strategy) {
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.strategy = strategy;
  }

  @Test
  void onlyAStrategyThatMovesTrafficNeedsARoleForIt() {
    assertThat(StrategyValidation.check(app, place(null))).isEmpty();
    strategy(RolloutStrategy.ROLLING);
    assertThat(StrategyValidation.check(app, place(null))).isEmpty();
    strategy(RolloutStrategy.CANARY);
    assertThat(StrategyValidation.check(app, place("arn:aws:iam::123456789012:role/i"))).isEmpty();
    assertThat(StrategyValidation.check(app, place(null)))
        .singleElement()
        .hasToString(
            "spec.rollout.strategy: Canary moves traffic as the environment's infrastructure role:"
                + " set defaults.infrastructureRoleArn of FargateEnvironment phoenix, or use"
                + " Rolling");
  }

  @Test
  void anEnvironmentWithoutDefaultsHasNoRoleToMoveTrafficEither() {
    strategy(RolloutStrategy.CANARY);
    Place place = Phoenix.place();
    Place bare =
        new Place(
            place.environment(),
            place.region(),
            place.accountId(),
            place.clusterArn(),
            place.clusterName(),
            place.namespaceId(),
            place.privateDomain(),
            place.vpcId(),
            place.subnetIds(),
            place.securityGroupIds(),
            place.assignPublicIp(),
            place.loadBalancers(),
            Map.of(),
            Map.of(),
            null);
    assertThat(StrategyValidation.check(app, bare))
        .extracting(Problem::field)
        .containsExactly("spec.rollout.strategy");
  }

  @Test
  void trafficIsMovedByOneRule() {
    strategy(RolloutStrategy.CANARY);
    app.getSpec().ingresses.get(0).paths = List.of("/", "/a/b/c");
    assertThat(StrategyValidation.check(app, place("arn:aws:iam::123456789012:role/i")))
        .singleElement()
        .hasToString(
            "spec.ingresses[0]: makes 2 listener rules, and Canary moves traffic by one: set"
                + " listenerPort where the load balancer has several listeners, and priorityBase"
                + " where hosts and paths are not equally precise, or use Rolling");
  }

  // Tags

  private static Map<String, String> tags(int from, int to) {
    return IntStream.range(from, to).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "v"));
  }

  @Test
  void theTagsOfAppAndEnvironmentLeaveRoomForTheOperators() {
    assertThat(TagValidation.check(tags(0, 30), tags(30, 44), "phoenix")).isNull();
    assertThat(TagValidation.check(tags(0, 30), tags(14, 44), "phoenix"))
        .as("a key that both have is one tag")
        .isNull();
    assertThat(TagValidation.check(tags(0, 30), tags(30, 45), "phoenix"))
        .hasToString(
            "spec.tags: 30 keys here and 15 in spec.defaults.tags of FargateEnvironment phoenix"
                + " make 45; AWS takes 50 on a resource, 6 are the operator's: keep 44 together");
  }
}
