package dev.fargate.local.aws.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Hosted zones and their records, by the SDK's own client. */
class Route53Test {
  private static final String ZONE = "Z00000000EXAMPLECOM";

  private final AwsEndpoint aws = AwsEndpoint.builder().build();
  private final Route53Client route53 = Clients.inThread(aws, Route53Client.builder());

  @AfterEach
  void close() {
    aws.close();
  }

  private static ResourceRecordSet alias(String name, String target) {
    return ResourceRecordSet.builder()
        .name(name)
        .type(RRType.A)
        .aliasTarget(
            alias ->
                alias.hostedZoneId("Z215JYRZR1TBD5").dnsName(target).evaluateTargetHealth(false))
        .build();
  }

  private static ResourceRecordSet values(String name, RRType type, String value) {
    return ResourceRecordSet.builder()
        .name(name)
        .type(type)
        .ttl(300L)
        .resourceRecords(ResourceRecord.builder().value(value).build())
        .build();
  }

  private static Change change(ChangeAction action, ResourceRecordSet set) {
    return Change.builder().action(action).resourceRecordSet(set).build();
  }

  private String change(Change... changes) {
    return route53
        .changeResourceRecordSets(r -> r.hostedZoneId(ZONE).changeBatch(b -> b.changes(changes)))
        .changeInfo()
        .id();
  }

  private List<String> names() {
    return route53.listResourceRecordSets(r -> r.hostedZoneId(ZONE)).resourceRecordSets().stream()
        .map(set -> set.name() + " " + set.typeAsString())
        .toList();
  }

  @Test
  void namesAreListedFromTheirLastLabelOnAndStarsAreWrittenAsRoute53WritesThem() {
    change(
        change(ChangeAction.CREATE, alias("*.Shop.example.com", "LB.example.")),
        change(ChangeAction.CREATE, values("_mark.app.example.com", RRType.TXT, "\"mine\"")),
        change(ChangeAction.CREATE, alias("app.example.com", "lb.example")));
    assertThat(names())
        .containsExactly(
            "example.com. NS",
            "example.com. SOA",
            "app.example.com. A",
            "_mark.app.example.com. TXT",
            "\\052.shop.example.com. A");
    assertThat(
            route53
                .listResourceRecordSets(
                    r -> r.hostedZoneId(ZONE).startRecordName("shop.example.com"))
                .resourceRecordSets())
        .singleElement()
        .satisfies(set -> assertThat(set.aliasTarget().dnsName()).isEqualTo("lb.example."));
  }

  @Test
  void aListComesInPagesOfThreeHundred() {
    for (int i = 0; i < 4; i++) {
      List<Change> changes = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        String name = "h%d-%02d.example.com".formatted(i, j);
        changes.add(change(ChangeAction.CREATE, values(name, RRType.A, "192.0.2.1")));
      }
      change(changes.toArray(Change[]::new));
    }
    assertThat(
            route53
                .listResourceRecordSets(r -> r.hostedZoneId(ZONE).maxItems("1000"))
                .resourceRecordSets())
        .hasSize(300);
    assertThat(
            route53
                .listResourceRecordSetsPaginator(r -> r.hostedZoneId(ZONE))
                .resourceRecordSets()
                .stream()
                .map(ResourceRecordSet::name)
                .distinct())
        .hasSize(401);
    assertThat(aws.calls().count("route53:ListResourceRecordSets")).isEqualTo(3);
  }

  @Test
  void aChangeIsPendingAtFirst() {
    String id = change(change(ChangeAction.CREATE, alias("app.example.com", "lb.example")));
    assertThat(route53.getChange(r -> r.id(id)).changeInfo().status())
        .isEqualTo(ChangeStatus.PENDING);
    aws.clock().advance(Route53.REALISTIC_LAG);
    assertThat(route53.getChange(r -> r.id(id)).changeInfo().status())
        .isEqualTo(ChangeStatus.INSYNC);
  }

  @Test
  void aBatchIsDoneAsAWholeOrNotAtAll() {
    change(change(ChangeAction.CREATE, alias("app.example.com", "lb.example")));
    assertThatThrownBy(
            () ->
                change(
                    change(ChangeAction.CREATE, alias("other.example.com", "lb.example")),
                    change(ChangeAction.CREATE, alias("app.example.com", "lb.example"))))
        .isInstanceOf(InvalidChangeBatchException.class)
        .hasMessageContaining(
            "[Tried to create resource record set [name='app.example.com.', type='A'] but it"
                + " already exists]");
    assertThat(names()).doesNotContain("other.example.com. A");
  }

  @Test
  void onlyWhatIsGivenExactlyIsDeleted() {
    change(change(ChangeAction.CREATE, alias("app.example.com", "lb.example")));
    assertThatThrownBy(
            () -> change(change(ChangeAction.DELETE, alias("app.example.com", "other.example"))))
        .hasMessageContaining("but the values provided do not match the current values");
    assertThatThrownBy(
            () -> change(change(ChangeAction.DELETE, alias("none.example.com", "lb.example"))))
        .hasMessageContaining("type='A'] but it was not found");
    change(change(ChangeAction.DELETE, alias("app.example.com", "lb.example")));
    assertThat(names()).hasSize(2);
  }

  @Test
  void whatIsWrongWithABatchIsSaid() {
    change(change(ChangeAction.CREATE, values("www.example.com", RRType.CNAME, "a.example.com")));
    assertThatThrownBy(
            () -> change(change(ChangeAction.CREATE, alias("app.example.org", "lb.example"))))
        .hasMessageContaining(
            "RRSet with DNS name app.example.org. is not permitted in zone example.com.");
    assertThatThrownBy(
            () -> change(change(ChangeAction.UPSERT, alias("www.example.com", "lb.example"))))
        .hasMessageContaining("conflicting RRSet of type  CNAME");
    assertThatThrownBy(
            () -> change(change(ChangeAction.CREATE, values("t.example.com", RRType.TXT, "bare"))))
        .hasMessageContaining("Value should be enclosed in quotation marks");
  }

  @Test
  void zonesAreFoundByIdAndInOrderOfTheirNames() {
    assertThat(route53.getHostedZone(r -> r.id(ZONE)).hostedZone().name())
        .isEqualTo("example.com.");
    assertThat(route53.listHostedZonesByName(r -> r.dnsName("example.org")).hostedZones())
        .extracting(HostedZone::name)
        .containsExactly("example.org.");
    assertThatThrownBy(() -> route53.getHostedZone(r -> r.id("Z0")))
        .isInstanceOf(NoSuchHostedZoneException.class);
  }
}
