package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * What somebody else has made under a name that is wanted: refused, or taken over by a write of
 * tags. In virtual time.
 */
class AdoptionTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);
  private static final String WEB = "FargateApp/default/web";

  private static final List<String> KINDS =
      List.of(
          "SecurityGroup",
          "TargetGroup",
          "LogGroup",
          "Secret",
          "DiscoveryService",
          "Service",
          "ScalableTarget");

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final Leftovers person = new Leftovers(world.aws);

  @AfterEach
  void close() {
    world.close();
  }

  /** An app with one of each kind, settled. */
  private List<OwnedResource> aWholeApp() {
    faults.environment();
    var app = faults.app.getSpec();
    app.autoscaling = new dev.fargate.api.v1alpha1.app.Autoscaling();
    app.autoscaling.minReplicas = 1;
    app.autoscaling.maxReplicas = 4;
    app.autoscaling.cpuPercent = 70;
    app.privateDns = new dev.fargate.api.v1alpha1.app.PrivateDns();
    app.privateDns.name = "web";
    world.secrets.put("tokens", Map.of("token", "one"));
    faults.secretOf("TOKEN", "tokens", "token");
    faults.applyAndSettle();
    return List.copyOf(faults.stored().getStatus().resources);
  }

  /** Takes the tags off, as if a person had made all this; each tag is put through a function. */
  private void byHand(List<OwnedResource> things, UnaryOperator<Map<String, String>> tags) {
    List<String> ours = List.of(Ownership.OWNER_ID, Ownership.RESOURCE_OF, Ownership.RESOURCE_ID);
    for (OwnedResource thing : things) {
      Map<String, String> added = tags.apply(Map.of());
      switch (thing.kind) {
        case "SecurityGroup" -> {
          person.ec2.deleteTags(
              r ->
                  r.resources(thing.arn)
                      .tags(
                          ours.stream()
                              .map(
                                  k ->
                                      software.amazon.awssdk.services.ec2.model.Tag.builder()
                                          .key(k)
                                          .build())
                              .toList()));
          added.forEach(
              (k, v) ->
                  person.ec2.createTags(r -> r.resources(thing.arn).tags(t -> t.key(k).value(v))));
        }
        case "TargetGroup" -> {
          person.elb.removeTags(r -> r.resourceArns(thing.arn).tagKeys(ours));
          added.forEach(
              (k, v) ->
                  person.elb.addTags(r -> r.resourceArns(thing.arn).tags(t -> t.key(k).value(v))));
        }
        case "LogGroup" -> {
          person.logs.untagResource(r -> r.resourceArn(thing.arn).tagKeys(ours));
          if (!added.isEmpty()) {
            person.logs.tagResource(r -> r.resourceArn(thing.arn).tags(added));
          }
        }
        case "Secret" -> {
          person.secrets.untagResource(r -> r.secretId(thing.arn).tagKeys(ours));
          added.forEach(
              (k, v) ->
                  person.secrets.tagResource(
                      r -> r.secretId(thing.arn).tags(t -> t.key(k).value(v))));
        }
        case "DiscoveryService" -> {
          person.cloudMap.untagResource(r -> r.resourceARN(thing.arn).tagKeys(ours));
          added.forEach(
              (k, v) ->
                  person.cloudMap.tagResource(
                      r -> r.resourceARN(thing.arn).tags(t -> t.key(k).value(v))));
        }
        case "Service", "Cluster" -> {
          person.ecs.untagResource(r -> r.resourceArn(thing.arn).tagKeys(ours));
          added.forEach(
              (k, v) ->
                  person.ecs.tagResource(
                      r -> r.resourceArn(thing.arn).tags(Tag.builder().key(k).value(v).build())));
        }
        case "ScalableTarget" -> {
          person.scaling.untagResource(r -> r.resourceARN(thing.arn).tagKeys(ours));
          if (!added.isEmpty()) {
            person.scaling.tagResource(r -> r.resourceARN(thing.arn).tags(added));
          }
        }
        default -> {}
      }
    }
  }

  private List<OwnedResource> adoptable(List<OwnedResource> things) {
    return things.stream().filter(thing -> KINDS.contains(thing.kind)).toList();
  }

  /** The operator has never seen any of it, nor has the object. */
  private void anew() {
    world.lose("FargateApp", "web");
    world.restartOperator();
    world.forgetCalls();
    world.events.clear();
  }

  private String message(ConditionType type) {
    return faults.condition(type).map(c -> c.getReason() + " " + c.getMessage()).orElse("");
  }

  private void untilSynced() {
    faults.untilReady();
    world.runUntil(
        "it is as wanted",
        LONG_ENOUGH,
        () ->
            faults
                .condition(ConditionType.SYNCED)
                .filter(c -> c.getStatus().equals("True"))
                .isPresent());
    world.run(Duration.ofMinutes(3));
  }

  private List<String> identities(List<OwnedResource> things) {
    return things.stream().map(thing -> thing.kind + " " + thing.arn).toList();
  }

  @Test
  void whatCarriesTheTagIsTakenOverByAWriteOfTagsAndNothingIsInterrupted() {
    List<OwnedResource> made = aWholeApp();
    byHand(adoptable(made), none -> Map.of(Ownership.ADOPT, WEB, "theirs", "stays"));
    anew();
    int tasks = world.aws.scriptedTasks().running().size();
    faults.app.getSpec().adoption = Adoption.IF_TAGGED;
    faults.apply();
    untilSynced();
    assertThat(world.awsWrites())
        .containsExactlyInAnyOrder(
            "ec2:CreateTags",
            "elasticloadbalancing:AddTags",
            "logs:TagResource",
            "secretsmanager:TagResource",
            "servicediscovery:TagResource",
            "ecs:TagResource",
            "application-autoscaling:TagResource",
            // It has no tags: it is put once more as it is.
            "application-autoscaling:PutScalingPolicy");
    assertThat(identities(faults.stored().getStatus().resources))
        .containsExactlyElementsOf(identities(made));
    assertThat(world.aws.scriptedTasks().running()).hasSize(tasks);
    assertThat(world.events)
        .anySatisfy(
            event -> {
              assertThat(event.reason()).isEqualTo("Adopted");
              assertThat(event.message()).contains("LogGroup/", "Service/service");
            });
    assertThat(person.logs.listTagsForResource(r -> r.resourceArn(logGroup(made).arn)).tags())
        .containsEntry("theirs", "stays");
  }

  private static OwnedResource logGroup(List<OwnedResource> things) {
    return things.stream().filter(thing -> thing.kind.equals("LogGroup")).findFirst().orElseThrow();
  }

  @Test
  void withoutTheTagOrWithNeverItIsAConflictThatSaysWhatLacks() {
    List<OwnedResource> made = aWholeApp();
    byHand(adoptable(made), none -> Map.of());
    anew();
    faults.apply();
    world.run(Duration.ofMinutes(3));
    assertThat(message(ConditionType.STALLED)).startsWith("Conflict").doesNotContain("tag");
    faults.app.getSpec().adoption = Adoption.IF_TAGGED;
    faults.apply();
    world.run(Duration.ofMinutes(3));
    assertThat(message(ConditionType.STALLED))
        .startsWith("Conflict")
        .contains(logGroup(made).arn + ", which lacks the tag fargate.dev/adopt=" + WEB);
    assertThat(person.logs.listTagsForResource(r -> r.resourceArn(logGroup(made).arn)).tags())
        .doesNotContainKey(Ownership.OWNER_ID);
  }

  @Test
  void takingOverByNameWaitsForAnApprovalAndThePlanIsWhatIsThenWritten() {
    List<OwnedResource> made = aWholeApp();
    byHand(
        adoptable(made).stream().filter(t -> !t.kind.equals("DiscoveryService")).toList(),
        none -> Map.of());
    person.logs.putRetentionPolicy(
        r -> r.logGroupName("/fargate/acme/default/web").retentionInDays(365));
    anew();
    faults.app.getSpec().adoption = Adoption.ADOPT;
    faults.apply();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(message(ConditionType.SYNCED)).startsWith("PlanPending").contains("takes over");
    var plan = faults.stored().getStatus().plan;
    assertThat(plan.summary).startsWith("6 to adopt, 1 to create, 1 to change");
    assertThat(plan.actions.stream().map(a -> a.action + " " + a.resource).toList())
        .contains("Adopt Service/service", "Change LogGroup/" + faultsLogGroup());
    assertThat(plan.actions.get(0).changes.toString()).contains("tags.fargate.dev/owner-id");

    faults.app.getSpec().approvedPlan = plan.hash;
    faults.apply();
    untilSynced();
    assertThat(world.awsWrites())
        .containsExactlyInAnyOrder(
            "ec2:CreateTags",
            "elasticloadbalancing:AddTags",
            "logs:TagResource",
            "logs:PutRetentionPolicy",
            "secretsmanager:TagResource",
            "ecs:TagResource",
            "application-autoscaling:TagResource",
            "application-autoscaling:PutScalingPolicy");
    faults.app.getSpec().approvedPlan = null;
    faults.app.getSpec().adoption = Adoption.NEVER;
    world.forgetCalls();
    faults.apply();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.ready("FargateApp", "web")).isTrue();
  }

  private String faultsLogGroup() {
    return faults.stored().getStatus().plan.actions.stream()
        .filter(action -> action.resource.startsWith("LogGroup/"))
        .findFirst()
        .orElseThrow()
        .resource
        .substring("LogGroup/".length());
  }

  @Test
  void aPlanShowsWhatWouldBeTakenOverAndTouchesNothing() {
    List<OwnedResource> made = aWholeApp();
    byHand(adoptable(made), none -> Map.of(Ownership.ADOPT, WEB));
    anew();
    faults.app.getSpec().adoption = Adoption.IF_TAGGED;
    faults.app.getSpec().mode = Mode.PLAN;
    faults.apply();
    world.run(Duration.ofMinutes(8));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(faults.stored().getStatus().plan.summary)
        .startsWith("7 to adopt, 1 to create, 0 to change");
  }

  @Test
  void whatOthersOwnOrManageIsRefusedWhateverTheTagSays() {
    List<OwnedResource> made = adoptable(aWholeApp());
    List<Map<String, String>> others = new ArrayList<>();
    others.add(Map.of(Ownership.ADOPT, WEB, Ownership.OWNER_ID, "another"));
    others.add(
        Map.of(
            Ownership.ADOPT,
            WEB,
            Ownership.OWNER_ID,
            "acme",
            Ownership.RESOURCE_OF,
            "FargateApp/default/other"));
    others.add(Map.of(Ownership.ADOPT, "FargateApp/default/other"));
    others.add(Map.of(Ownership.ADOPT, WEB, "elbv2.k8s.aws/cluster", "theirs"));
    List<String> told =
        List.of(
            "which belongs to something of installation another",
            "which belongs to FargateApp/default/other of installation acme",
            "whose tag fargate.dev/adopt names FargateApp/default/other",
            "which is managed by the AWS Load Balancer Controller");
    faults.app.getSpec().adoption = Adoption.IF_TAGGED;
    OwnedResource group = logGroup(made);
    for (int i = 0; i < others.size(); i++) {
      Map<String, String> tags = others.get(i);
      byHand(List.of(group), none -> tags);
      anew();
      faults.apply();
      world.run(Duration.ofMinutes(2));
      assertThat(message(ConditionType.STALLED)).startsWith("Conflict").contains(told.get(i));
      assertThat(world.awsWrites()).as(told.get(i)).doesNotContain("logs:TagResource");
    }
  }

  @Test
  void aLostAnswerOfTheWriteOfTagsIsNoSecondOne() {
    List<OwnedResource> made = aWholeApp();
    byHand(adoptable(made), none -> Map.of(Ownership.ADOPT, WEB));
    anew();
    world.aws.faults().on("logs:TagResource").times(1).loseResponse();
    world.aws.faults().on("ecs:TagResource").times(1).failAfterEffect();
    faults.app.getSpec().adoption = Adoption.IF_TAGGED;
    faults.apply();
    untilSynced();
    assertThat(identities(faults.stored().getStatus().resources))
        .containsExactlyElementsOf(identities(made));
    assertThat(world.awsWrites()).doesNotContain("ecs:CreateService", "logs:CreateLogGroup");
  }

  @Test
  void whatWasTakenOverGoesWithTheObject() {
    List<OwnedResource> made = aWholeApp();
    byHand(adoptable(made), none -> Map.of(Ownership.ADOPT, WEB));
    anew();
    faults.app.getSpec().adoption = Adoption.IF_TAGGED;
    faults.app.getSpec().deletionPolicy = DeletionPolicy.DELETE;
    faults.apply();
    untilSynced();
    world.delete("FargateApp", "web");
    world.runUntil("it is gone", Duration.ofHours(1), () -> !world.exists("FargateApp", "web"));
    assertThat(person.all().toString()).doesNotContain("/fargate/acme/default/web");
  }

  @Test
  void aClusterIsTakenOverByItsNameInTheEnvironment() {
    person.ecs.createCluster(r -> r.clusterName("phoenix"));
    world.forgetCalls();
    faults.environment.getSpec().adoption = Adoption.ADOPT;
    faults.environment();
    assertThat(world.awsWrites())
        .contains("ecs:TagResource")
        .doesNotContain("ecs:CreateCluster", "ecs:DeleteCluster");
    assertThat(world.events)
        .anySatisfy(
            event ->
                assertThat(event.message())
                    .isEqualTo("Taken over in AWS: Cluster/cluster phoenix."));
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aClusterOfSomebodyElseIsAConflictByDefault() {
    person.ecs.createCluster(r -> r.clusterName("phoenix"));
    world.apply(faults.environment);
    world.run(Duration.ofMinutes(3));
    assertThat(world.condition("FargateEnvironment", "phoenix", ConditionType.STALLED))
        .hasValueSatisfying(stalled -> assertThat(stalled.getReason()).isEqualTo("Conflict"));
    assertThat(world.awsWrites()).doesNotContain("ecs:TagResource");
  }
}
