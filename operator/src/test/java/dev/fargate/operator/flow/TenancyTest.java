package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.Subnets;
import dev.fargate.api.v1alpha1.environment.NamespaceAccess;
import dev.fargate.api.v1alpha1.environment.NamespacesFrom;
import dev.fargate.api.v1alpha1.environment.NetworkAccess;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Teams that share an environment, through the whole line. */
class TenancyTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @AfterEach
  void close() {
    world.close();
  }

  private void untilRefused(String name, String... words) {
    world.runUntil(
        name + " is refused",
        LONG_ENOUGH,
        () ->
            world
                .condition("FargateApp", name, ConditionType.STALLED)
                .filter(stalled -> stalled.getReason().equals("AccessNotAllowed"))
                .filter(stalled -> List.of(words).stream().allMatch(stalled.getMessage()::contains))
                .isPresent());
  }

  private void untilReady(String name) {
    world.runUntil(name + " is ready", LONG_ENOUGH, () -> world.ready("FargateApp", name));
  }

  @Test
  void whatIsNotAllowedChangesNothingInAwsAndSaysWhoWouldHaveToAllowIt() {
    faults.environment.getSpec().access.hosts = List.of("www.example.com");
    faults.environment();
    world.forgetCalls();
    faults.apply();
    untilRefused(
        "web", "spec.ingresses[0].hosts", "FargateEnvironment phoenix", "spec.access.hosts");
    world.run(LONG_ENOUGH);
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void whoIsAllowedLaterIsWokenAtOnce() {
    faults.environment.getSpec().access.images = null;
    faults.environment();
    faults.apply();
    untilRefused("web", "spec.image", "spec.access.images.prefixes");
    faults.environment.getSpec().access.images =
        Faults.read("environment.yaml", dev.fargate.api.v1alpha1.FargateEnvironment.class)
            .getSpec()
            .access
            .images;
    world.apply(faults.environment);
    world.runUntil(
        "it goes on",
        Duration.ofSeconds(10),
        () -> world.condition("FargateApp", "web", ConditionType.STALLED).isEmpty());
    faults.untilReady();
  }

  @Test
  void whatRunsAndIsAllowedNoMoreGoesOnAndIsToldSo() {
    faults.environment();
    faults.applyAndSettle();
    faults.environment.getSpec().access.hosts = List.of();
    world.apply(faults.environment);
    untilRefused("web", "What runs already stays as it is");
    faults.app.getSpec().image = "web:2";
    faults.apply();
    world.run(LONG_ENOUGH);
    assertThat(world.awsWrites()).isEmpty();
    world.delete("FargateApp", "web");
    world.runUntil("it is deleted", LONG_ENOUGH, () -> !world.exists("FargateApp", "web"));
  }

  @Test
  void subnetsThatTagsLeadToAreCheckedToo() {
    faults.app.getSpec().network = new Network();
    faults.app.getSpec().network.subnets = new Subnets();
    faults.app.getSpec().network.subnets.ids = List.of("subnet-0aaa0000000000001");
    faults.environment();
    world.forgetCalls();
    faults.apply();
    untilRefused("web", "spec.network.subnets", "subnet-0aaa0000000000001", "networkOverrides");
    assertThat(world.awsWrites()).isEmpty();
    faults.environment.getSpec().access.networkOverrides = new NetworkAccess();
    faults.environment.getSpec().access.networkOverrides.subnetIds =
        List.of("subnet-0aaa0000000000001");
    world.apply(faults.environment);
    faults.untilReady();
  }

  @Test
  void whoIsNotAllowedHasNoClaimThatOthersWouldHaveToWaitFor() {
    FargateApp squatter = faults.second("squatter");
    squatter.getMetadata().setNamespace("elsewhere");
    faults.environment.getSpec().access.namespaces = new NamespaceAccess();
    faults.environment.getSpec().access.namespaces.from = NamespacesFrom.NAMES;
    faults.environment.getSpec().access.namespaces.names = List.of("default");
    faults.environment();
    world.apply(squatter);
    untilRefused("squatter", "elsewhere");
    FargateApp broken = faults.second("broken");
    broken.getSpec().memoryMiB = 513;
    world.apply(broken);
    world.run(Duration.ofMinutes(1));
    faults.apply();
    faults.untilReady();
    assertThat(faults.condition(ConditionType.CONFLICT)).isEmpty();
  }

  @Test
  void namesThatMeetWhenJoinedNeverMeetInAws() {
    FargateApp one = faults.second("c");
    one.getMetadata().setNamespace("a-b");
    one.getSpec().ingresses.get(0).paths = List.of("/one/*");
    FargateApp other = faults.second("b-c");
    other.getMetadata().setNamespace("a");
    other.getSpec().ingresses.get(0).paths = List.of("/other/*");
    faults.environment();
    world.apply(one);
    untilReady("c");
    world.forgetCalls();
    world.apply(other);
    untilReady("b-c");
    world.run(Duration.ofMinutes(2));
    assertThat(world.ready("FargateApp", "c")).isTrue();
    assertThat(world.awsWrites())
        .filteredOn(name -> name.endsWith(":ModifyTargetGroup") || name.endsWith(":UpdateService"))
        .isEmpty();
    world.delete("FargateApp", "c");
    world.runUntil("it is deleted", LONG_ENOUGH, () -> !world.exists("FargateApp", "c"));
    assertThat(world.ready("FargateApp", "b-c")).isTrue();
  }

  private FargateApp of(String namespace, String name, List<String> hosts, List<String> paths) {
    FargateApp app = faults.second(name);
    app.getMetadata().setNamespace(namespace);
    app.getSpec().ingresses.get(0).hosts = hosts;
    app.getSpec().ingresses.get(0).paths = paths;
    return app;
  }

  @Test
  void aBroadRuleNeverSwallowsAnothersNarrowOne() {
    Requests requests = new Requests(world, "phoenix");
    faults.environment();
    world.apply(of("team-a", "broad", List.of(), List.of()));
    untilReady("broad");
    world.apply(of("team-b", "narrow", List.of("www.example.com"), List.of("/api/*")));
    untilReady("narrow");
    world.apply(
        of("team-c", "pattern", List.of("*.example.com"), List.of("/api/v1/users/*", "/*")));
    untilReady("pattern");
    assertThat(requests.send("web", "www.example.com", "/api/v1/users/1"))
        .startsWith("team-b-narrow-");
    assertThat(requests.send("web", "www.example.com", "/")).startsWith("team-c-pattern-");
    assertThat(requests.send("web", "other.org", "/api/x")).startsWith("team-a-broad-");
    FargateApp greedy = of("team-c", "pattern", List.of("*.example.com"), List.of("/*"));
    greedy.getSpec().ingresses.get(0).priorityBase = 1;
    world.apply(greedy);
    untilRefused("pattern", "spec.ingresses[0].priorityBase", "spec.access.rulePriorities");
    assertThat(requests.send("web", "www.example.com", "/api/x")).startsWith("team-b-narrow-");
  }

  @Test
  void tagsThatNameNothingStopNobody() {
    faults.environment();
    faults.applyAndSettle();
    Leftovers person = new Leftovers(world.aws);
    String theirs =
        person
            .ec2
            .createSecurityGroup(
                r ->
                    r.groupName("theirs")
                        .description("-")
                        .vpcId(faults.environment.getSpec().network.vpcId)
                        .tagSpecifications(
                            tags ->
                                tags.resourceType(ResourceType.SECURITY_GROUP)
                                    .tags(
                                        Tag.builder().key(Ownership.OWNER_ID).value("acme").build(),
                                        Tag.builder()
                                            .key(Ownership.RESOURCE_OF)
                                            .value("web")
                                            .build())))
            .groupId();
    world.run(Duration.ofMinutes(2));
    faults.app.getSpec().image = "web:2";
    faults.apply();
    world.run(LONG_ENOUGH);
    assertThat(world.app("web").getStatus().serving.image).isEqualTo("web:2");
    assertThat(person.ec2.describeSecurityGroups().securityGroups())
        .as("nobody's, so nobody takes it away")
        .anyMatch(group -> group.groupId().equals(theirs));
  }

  @Test
  void aSpecThatChangesWhileItIsDeletedIsDeletedAllTheSame() {
    faults.environment();
    faults.applyAndSettle();
    world.delete("FargateApp", "web");
    world.run(Duration.ofSeconds(20));
    world.app("web").getSpec().image = "web:9";
    world.app("web").getSpec().ingresses.clear();
    world.app("web").getMetadata().setGeneration(7L);
    world.runUntil("it is deleted", LONG_ENOUGH, () -> !world.exists("FargateApp", "web"));
    assertThat(world.awsWrites())
        .noneMatch(name -> name.contains("Register") || name.contains(":Create"));
  }
}
