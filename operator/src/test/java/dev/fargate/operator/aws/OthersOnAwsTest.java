package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.call.Call;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What belongs to others is neither taken nor touched (R5, C11). */
class OthersOnAwsTest {
  private static final String LOGS = "/fargate/acceptance/default/phoenix";

  private final World world = new World();
  private final Leftovers account = new Leftovers(world.aws);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLogGroupOfOurNameWithoutOurTagsIsAConflictThatNamesIt() {
    account.logs.createLogGroup(r -> r.logGroupName(LOGS).tags(Map.of("team", "other")));

    world.applyPhoenix();
    world.goOn(Duration.ofMinutes(5));

    assertThat(world.app("phoenix").getStatus().conditions)
        .filteredOn(c -> c.getType().equals("Conflict") && c.getStatus().equals("True"))
        .extracting(Condition::getMessage)
        .singleElement()
        .asString()
        .contains("log-group:" + LOGS);
    assertThat(touching(LOGS)).as("but for the stranger's own").hasSize(1);
    assertThat(account.logs.describeLogGroups(r -> r.logGroupNamePrefix(LOGS)).logGroups().get(0))
        .matches(group -> group.retentionInDays() == null);
  }

  @Test
  void aClusterOfOurNameWithoutOurTagsIsNotTouched() {
    account.ecs.createCluster(r -> r.clusterName("phoenix"));

    world.applyPhoenix();
    world.goOn(Duration.ofMinutes(3));

    assertThat(world.environments.get("phoenix").getStatus().conditions)
        .filteredOn(c -> c.getType().equals("Ready"))
        .extracting(Condition::getStatus)
        .containsExactly("False");
    world.delete("FargateEnvironment");
    world.delete("FargateApp");
    world.delete("FargateDatabase");
    world.until("all gone", () -> world.environments.isEmpty(), Duration.ofMinutes(10));
    assertThat(account.all()).hasSize(1).first().asString().contains("cluster/phoenix");
  }

  @Test
  void foreignTagsAndForeignRulesOfOurGroupsStay() {
    world.applyPhoenix();
    world.untilAllReady();
    String group = world.databases.get("default/phoenix-db").getStatus().securityGroupId;
    String arn = world.environments.get("phoenix").getStatus().clusterArn;
    account.ecs.tagResource(r -> r.resourceArn(arn).tags(t -> t.key("cost").value("42")));
    account.ec2.authorizeSecurityGroupIngress(
        r -> r.groupId(group).ipProtocol("tcp").fromPort(22).toPort(22).cidrIp("10.0.0.0/8"));
    world.aws.calls().clear();

    world.goOn(Duration.ofMinutes(5));
    world.restart();
    world.goOn(Duration.ofMinutes(2));

    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();
  }

  @Test
  void nothingIsWrittenWhileAnotherOperatorMayLead() {
    world.applyPhoenix();
    world.goOn(Duration.ofSeconds(10));
    world.leads = false;
    world.aws.calls().clear();

    world.goOn(Duration.ofMinutes(5));

    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();
    world.leads = true;
    world.untilAllReady();
  }

  @Test
  void ownThingsThatAPersonDeletedComeBack() {
    world.applyPhoenix();
    world.untilAllReady();
    account.logs.deleteLogGroup(r -> r.logGroupName(LOGS));
    account
        .scaling
        .describeScalingPolicies(r -> r.serviceNamespace("ecs"))
        .scalingPolicies()
        .forEach(
            p ->
                account.scaling.deleteScalingPolicy(
                    r ->
                        r.serviceNamespace("ecs")
                            .scalableDimension(p.scalableDimension())
                            .resourceId(p.resourceId())
                            .policyName(p.policyName())));

    world.goOn(Duration.ofMinutes(3));

    assertThat(account.all()).anyMatch(thing -> thing.equals("log group " + LOGS));
    assertThat(account.all()).filteredOn(thing -> thing.startsWith("scaling policy")).hasSize(2);
  }

  private List<String> touching(String logGroup) {
    return world.aws.calls().writes().stream()
        .filter(call -> logGroup.equals(call.input().string("logGroupName").orElse(null)))
        .map(Call::name)
        .toList();
  }
}
