package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.DnsMode;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import dev.fargate.local.aws.call.Call;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Names of apps in the environment's public zones of Route 53. */
class PublicNamesTest {
  private static final String COM = "Z00000000EXAMPLECOM";
  private static final String ORG = "Z00000000EXAMPLEORG";
  private static final String HOST = "app.example.com";
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);
  private static final Duration TWO_LOOKS = Duration.ofMinutes(2).plusSeconds(10);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final Ingress ingress = faults.app.getSpec().ingresses.get(0);
  private final Route53Client route53 =
      Route53Client.builder()
          .region(Region.EU_CENTRAL_1)
          .endpointOverride(URI.create("http://localhost"))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDPERSON", "none")))
          .httpClient(world.aws.httpClient())
          .build();

  @AfterEach
  void close() {
    world.close();
  }

  private void zone(String domain, String id) {
    PublicZone zone = new PublicZone();
    zone.domain = domain;
    zone.hostedZoneId = id;
    faults.environment.getSpec().publicZones.add(zone);
  }

  private void start() {
    zone("example.com", COM);
    ingress.hosts.add(HOST);
    faults.environment();
    faults.applyAndSettle();
  }

  /** All but what a zone has from the beginning. */
  private List<ResourceRecordSet> records(String zone) {
    return route53.listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
        .filter(set -> set.type() != RRType.NS && set.type() != RRType.SOA)
        .toList();
  }

  private List<String> names(String zone) {
    return records(zone).stream().map(set -> set.typeAsString() + " " + set.name()).toList();
  }

  private void change(ChangeAction action, ResourceRecordSet set) {
    route53.changeResourceRecordSets(
        r ->
            r.hostedZoneId(COM)
                .changeBatch(b -> b.changes(c -> c.action(action).resourceRecordSet(set))));
  }

  private static ResourceRecordSet ofOthers() {
    return ResourceRecordSet.builder()
        .name(HOST)
        .type(RRType.A)
        .ttl(60L)
        .resourceRecords(ResourceRecord.builder().value("192.0.2.7").build())
        .build();
  }

  private List<String> operatorsWrites() {
    return world.aws.calls().writes().stream()
        .filter(call -> !call.principal().contains("AKIDPERSON"))
        .map(Call::name)
        .toList();
  }

  private Condition condition(ConditionType type) {
    return faults.condition(type).orElseThrow();
  }

  private static String status(FargateApp app, ConditionType type) {
    return Conditions.find(app.getStatus().conditions, type).map(Condition::getStatus).orElse("");
  }

  @Test
  void aHostInsideAPublicZoneIsAnAliasToTheLoadBalancerWithAMarkBesideIt() {
    start();
    var balancer = world.environmentObject("phoenix").getStatus().loadBalancers.get(0);
    assertThat(names(COM))
        .containsExactly("A app.example.com.", "TXT _fargate-operator.app.example.com.");
    assertThat(records(COM).get(0).aliasTarget().dnsName()).isEqualTo(balancer.dnsName + ".");
    assertThat(records(COM).get(0).aliasTarget().hostedZoneId())
        .isEqualTo(balancer.canonicalHostedZoneId);
    assertThat(records(COM).get(1).resourceRecords().get(0).value())
        .isEqualTo("\"heritage=fargate-operator,owner=acme,resource=FargateApp/default/web\"");
    assertThat(condition(ConditionType.DNS_READY).getMessage())
        .isEqualTo("app.example.com resolves to the load balancer.");
  }

  @Test
  void theAppIsNeverReadyBeforeItsNewNameResolves() {
    List<String> early = new ArrayList<>();
    world.watch(
        object -> {
          if (object instanceof FargateApp app
              && app.getStatus() != null
              && status(app, ConditionType.READY).equals("True")
              && !status(app, ConditionType.DNS_READY).equals("True")) {
            early.add(String.valueOf(app.getStatus().conditions));
          }
        });
    start();
    ingress.hosts.add("more.example.com");
    faults.apply();
    world.runUntil(
        "it waits for the new name",
        LONG_ENOUGH,
        () -> condition(ConditionType.DNS_READY).getMessage().contains("more.example.com is not"));
    assertThat(condition(ConditionType.READY).getStatus()).isEqualTo("False");
    faults.untilReady();
    assertThat(names(COM)).contains("A app.example.com.", "A more.example.com.");
    assertThat(early).isEmpty();
  }

  @Test
  void aSettledNameIsLeftAloneAlsoByAnOperatorWithoutMemory() {
    start();
    world.run(Duration.ofMinutes(30));
    world.restartOperator();
    world.run(TWO_LOOKS);
    assertThat(operatorsWrites()).isEmpty();
    assertThat(world.ready("FargateApp", "web")).isTrue();
  }

  @Test
  void makingANameTakesOneChangeAndNoListOfItsOwn() {
    start();
    world.forgetCalls();
    ingress.hosts.add("more.example.com");
    faults.apply();
    world.runUntil("it is made", LONG_ENOUGH, () -> names(COM).size() == 4);
    assertThat(operatorsWrites()).containsOnlyOnce("route53:ChangeResourceRecordSets");
  }

  @Test
  void aHostThatIsEditedAwayOrDeletedWithItsAppLeavesNothing() {
    start();
    ingress.hosts.set(0, "other.example.com");
    faults.apply();
    world.run(Duration.ofSeconds(5));
    faults.untilReady();
    assertThat(names(COM))
        .containsExactly("A other.example.com.", "TXT _fargate-operator.other.example.com.");
    world.delete("FargateApp", "web");
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "web"));
    assertThat(names(COM)).isEmpty();
  }

  @Test
  void withDnsNoneThereAreNoRecords() {
    start();
    ingress.dns = DnsMode.NONE;
    faults.apply();
    world.run(TWO_LOOKS);
    assertThat(names(COM)).isEmpty();
    assertThat(world.ready("FargateApp", "web")).isTrue();
    assertThat(faults.condition(ConditionType.DNS_READY)).isEmpty();
  }

  @Test
  void ofSeveralZonesTheLongestDomainHoldsAndWhatDnsCannotSayGetsNoName() {
    zone("example.org", ORG);
    zone("shop.example.org", COM.replace("COM", "ORG"));
    faults.environment.getSpec().publicZones.get(1).domain = "deep.example.org";
    ingress.hosts.addAll(
        List.of("*.example.org", "A.Deep.example.org", "x*.example.org", "elsewhere.example.net"));
    faults.environment();
    faults.applyAndSettle();
    assertThat(names(ORG))
        .containsExactlyInAnyOrder(
            "A \\052.example.org.",
            "TXT _fargate-operator._any.example.org.",
            "A a.deep.example.org.",
            "TXT _fargate-operator.a.deep.example.org.");
    world.restartOperator();
    world.run(TWO_LOOKS);
    assertThat(operatorsWrites()).isEmpty();
  }

  @Test
  void aRecordOfOthersIsAConflictThatNamesItAndStays() {
    change(ChangeAction.CREATE, ofOthers());
    zone("example.com", COM);
    ingress.hosts.add(HOST);
    // Nothing on a record could say that its maker consents.
    faults.app.getSpec().adoption = Adoption.ADOPT;
    faults.environment();
    faults.apply();
    world.run(Duration.ofMinutes(10));
    assertThat(condition(ConditionType.CONFLICT).getMessage())
        .contains("app.example.com", "the A record of app.example.com in hosted zone " + COM);
    assertThat(condition(ConditionType.READY).getStatus()).isEqualTo("False");
    assertThat(records(COM)).containsExactly(ofOthers().toBuilder().name(HOST + ".").build());

    change(ChangeAction.DELETE, ofOthers());
    faults.untilReady();
    assertThat(names(COM)).hasSize(2);
  }

  @Test
  void whatAnotherInstallationHasMarkedIsItsOwn() {
    start();
    ResourceRecordSet mark = records(COM).get(1);
    change(
        ChangeAction.UPSERT,
        mark.toBuilder()
            .resourceRecords(
                ResourceRecord.builder()
                    .value("\"heritage=fargate-operator,owner=other,resource=FargateApp/x/y\"")
                    .build())
            .build());
    world.run(TWO_LOOKS);
    assertThat(condition(ConditionType.CONFLICT).getMessage()).contains("FargateApp/x/y");
    world.delete("FargateApp", "web");
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "web"));
    assertThat(names(COM)).hasSize(2);
  }

  @Test
  void whatSomebodyHasChangedOrDeletedIsPutBack() {
    start();
    ResourceRecordSet alias = records(COM).get(0);
    change(ChangeAction.UPSERT, ofOthers());
    world.run(TWO_LOOKS);
    assertThat(records(COM).get(0)).isEqualTo(alias);
    change(ChangeAction.DELETE, alias);
    world.run(TWO_LOOKS);
    assertThat(records(COM).get(0)).isEqualTo(alias);
    faults.untilReady();
  }

  @Test
  void aLostAnswerOfTheChangeLeavesOneNameAndNoConflict() {
    world.aws.faults().on("route53:ChangeResourceRecordSets").times(1).loseResponse();
    start();
    assertThat(names(COM)).hasSize(2);
    assertThat(faults.condition(ConditionType.CONFLICT)).isEmpty();
  }

  @Test
  void aZoneThatIsNotThereOrOfAnotherDomainIsNamedByTheEnvironment() {
    zone("example.com", "Z0NONE");
    zone("shop.example.net", ORG);
    world.apply(faults.environment);
    world.run(Duration.ofMinutes(1));
    assertThat(
            world
                .condition("FargateEnvironment", "phoenix", ConditionType.REFERENCES_RESOLVED)
                .orElseThrow()
                .getMessage())
        .contains("spec.publicZones[example.com].hostedZoneId: no hosted zone Z0NONE");
    faults.environment.getSpec().publicZones.remove(0);
    world.apply(faults.environment);
    world.run(Duration.ofMinutes(1));
    assertThat(
            world
                .condition("FargateEnvironment", "phoenix", ConditionType.REFERENCES_RESOLVED)
                .orElseThrow()
                .getMessage())
        .contains("hosted zone " + ORG + " is of example.org, not of shop.example.net");
  }

  @Test
  void aSlipInTheEnvironmentsZonesTakesNoNameAway() {
    start();
    List<ResourceRecordSet> before = records(COM);
    PublicZone zone = faults.environment.getSpec().publicZones.get(0);
    for (Runnable slip :
        List.<Runnable>of(
            () -> zone.domain = "example.net",
            () -> zone.hostedZoneId = "Z00000000NOSUCHZONE",
            () -> zone.hostedZoneId = ORG)) {
      slip.run();
      world.apply(faults.environment);
      world.run(TWO_LOOKS);
      assertThat(world.ready("FargateEnvironment", "phoenix")).isFalse();
      assertThat(records(COM)).isEqualTo(before);
      assertThat(world.ready("FargateApp", "web")).isTrue();
      zone.domain = "example.com";
      zone.hostedZoneId = COM;
    }

    faults.environment.getSpec().publicZones.clear();
    world.apply(faults.environment);
    world.run(TWO_LOOKS);
    assertThat(records(COM)).as("a zone that leaves the list keeps its records").isEqualTo(before);
  }

  @Test
  void withoutPublicZonesRoute53IsAskedNothing() {
    ingress.hosts.add(HOST);
    faults.environment();
    faults.apply();
    faults.untilReady();
    world.run(Duration.ofMinutes(5));
    assertThat(world.aws.calls().all().stream().map(Call::name))
        .noneMatch(name -> name.startsWith("route53:"));
  }
}
