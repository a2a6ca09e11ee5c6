package dev.fargate.local.aws.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.time.VirtualScheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudMapTest {
  private static final Caller CALLER = new Caller("123456789012", "eu-central-1", "test");

  private final VirtualScheduler clock =
      new VirtualScheduler(Instant.parse("2026-11-21T00:00:00Z"));
  private final CloudMap cloudMap =
      new CloudMap(clock, CloudMap.REALISTIC_LAG, vpc -> vpc.startsWith("vpc-"));

  @Test
  void aNamespaceIsMadeByAnOperationThatTakesItsTime() {
    String operation = call("CreatePrivateDnsNamespace", namespace("t1")).required("OperationId");
    assertThat(operation(operation).required("Status")).isEqualTo("SUBMITTED");
    assertThat(namespaces()).isEmpty();

    seconds(15);
    assertThat(operation(operation).required("Status")).isEqualTo("PENDING");

    seconds(15);
    assertThat(operation(operation).required("Status")).isEqualTo("SUCCESS");
    String id = (String) operation(operation).map("Targets").get("NAMESPACE");
    Struct namespace =
        call("GetNamespace", Struct.of().with("Id", id)).struct("Namespace").orElseThrow();
    assertThat(namespace.required("Name")).isEqualTo("phoenix");
    assertThat(namespace.required("Type")).isEqualTo("DNS_PRIVATE");
    assertThat(namespace.required("CreatorRequestId")).isEqualTo("t1");
  }

  @Test
  void theSameTokenIsADuplicateWhileItRunsAndExistsAfterwards() {
    String operation = call("CreatePrivateDnsNamespace", namespace("t1")).required("OperationId");
    assertThat(error("DuplicateRequest", "CreatePrivateDnsNamespace", namespace("t1")))
        .isEqualTo(Struct.of().with("DuplicateOperationId", operation));

    seconds(30);
    Struct members = error("NamespaceAlreadyExists", "CreatePrivateDnsNamespace", namespace("t1"));
    assertThat(members.required("CreatorRequestId")).isEqualTo("t1");
    assertThat(members.required("NamespaceId")).isEqualTo(namespaces().get(0).required("Id"));
    assertThat(
            error("NamespaceAlreadyExists", "CreatePrivateDnsNamespace", namespace("t2"))
                .required("CreatorRequestId"))
        .isEqualTo("t1");
  }

  @Test
  void theSecondOfTwoEqualNamesAtOnceFails() {
    call("CreatePrivateDnsNamespace", namespace("t1"));
    String second = call("CreatePrivateDnsNamespace", namespace("t2")).required("OperationId");
    seconds(30);

    assertThat(operation(second).required("Status")).isEqualTo("FAIL");
    assertThat(operation(second).required("ErrorCode")).isEqualTo("CANNOT_CREATE_HOSTED_ZONE");
    assertThat(namespaces()).hasSize(1);
  }

  @Test
  void aServiceIsMadeAtOnceAndANameOnlyOnce() {
    Struct service = service("db");
    assertThat(service.struct("DnsConfig").orElseThrow().required("RoutingPolicy"))
        .isEqualTo("MULTIVALUE");

    Struct members = error("ServiceAlreadyExists", "CreateService", serviceRequest("DB"));
    assertThat(members.required("ServiceId")).isEqualTo(service.required("Id"));
    assertThat(members.required("ServiceArn")).isEqualTo(service.required("Arn"));
    assertThat(members.required("CreatorRequestId")).isEqualTo("token-db");
  }

  @Test
  void whatIsInUseIsNotDeleted() {
    Struct service = service("db");
    cloudMap.register(service.required("Arn"), "task1", Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
    assertThatThrownBy(() -> call("DeleteService", id(service)))
        .hasMessage(
            "Service contains registered instances; delete the instances before deleting the"
                + " service");
    Struct namespace = namespaces().get(0);
    assertThatThrownBy(() -> call("DeleteNamespace", id(namespace)))
        .hasMessage(
            "Namespace has associated services; delete the services before deleting the"
                + " namespace");

    cloudMap.deregister(service.required("Arn"), "task1");
    call("DeleteService", id(service));
    call("DeleteNamespace", id(namespace));
    assertThat(namespaces()).hasSize(1);
    seconds(30);
    assertThat(namespaces()).isEmpty();
  }

  @Test
  void namesResolveToHealthyInstancesOrToAllWhenNoneIsHealthy() {
    List<Map<String, List<String>>> seen = new ArrayList<>();
    String arn = service("db").required("Arn");
    cloudMap.onChange(() -> seen.add(cloudMap.records("vpc-1")));
    cloudMap.register(arn, "a", Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
    cloudMap.register(arn, "b", Map.of("AWS_INSTANCE_IPV4", "10.0.0.2"));
    assertThat(cloudMap.records("vpc-1")).containsEntry("db.phoenix", both());
    assertThat(cloudMap.records("vpc-2")).isEmpty();

    cloudMap.setHealthy(arn, "a", false);
    assertThat(cloudMap.records("vpc-1")).containsEntry("db.phoenix", List.of("10.0.0.2"));
    cloudMap.setHealthy(arn, "b", false);
    assertThat(cloudMap.records("vpc-1")).containsEntry("db.phoenix", both());
    cloudMap.deregister(arn, "a");
    cloudMap.deregister(arn, "b");
    assertThat(cloudMap.records("vpc-1")).isEmpty();
    assertThat(seen).hasSize(6);
  }

  @Test
  void anUpdateDeletesTheRecordsItLeavesOut() {
    Struct service = service("db");
    cloudMap.register(service.required("Arn"), "a", Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
    Struct ttl = Struct.of().with("Type", "A").with("TTL", 60L);
    update(service, Struct.of().with("DnsConfig", records(ttl)));
    assertThat(ttl(service)).containsExactly(60L);

    update(service, Struct.of().with("Description", "only this"));
    assertThat(ttl(service)).isEmpty();
    assertThat(cloudMap.records("vpc-1")).isEmpty();

    assertThatThrownBy(() -> update(service, Struct.of().with("DnsConfig", records(ttl))))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("InvalidInput"));
  }

  @Test
  void listsAreFilteredByNamespaceAndName() {
    service("db");
    Struct other = namespace("t9").with("Name", "other").with("Vpc", "vpc-2");
    call("CreatePrivateDnsNamespace", other);
    seconds(30);

    assertThat(filtered("ListNamespaces", "NAME", "other").structs("Namespaces")).hasSize(1);
    assertThat(filtered("ListNamespaces", "TYPE", "DNS_PRIVATE").structs("Namespaces")).hasSize(2);
    String id = namespaces().get(0).required("Id");
    assertThat(filtered("ListServices", "NAMESPACE_ID", id).structs("Services")).hasSize(1);
    String empty = namespaces().get(1).required("Id");
    assertThat(filtered("ListServices", "NAMESPACE_ID", empty).structs("Services")).isEmpty();
    assertThat(filtered("ListOperations", "STATUS", "SUCCESS").structs("Operations")).hasSize(2);
  }

  @Test
  void discoveryFindsInstancesByNameAndHealth() {
    String arn = service("db").required("Arn");
    cloudMap.register(arn, "a", Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
    cloudMap.register(
        arn, "b", Map.of("AWS_INSTANCE_IPV4", "10.0.0.2", "AWS_INIT_HEALTH_STATUS", "UNHEALTHY"));

    Struct query = Struct.of().with("NamespaceName", "phoenix").with("ServiceName", "db");
    assertThat(call("DiscoverInstances", query.copy()).structs("Instances")).hasSize(1);
    assertThat(
            call("DiscoverInstances", query.copy().with("HealthStatus", "ALL"))
                .structs("Instances"))
        .hasSize(2);
  }

  private static List<String> both() {
    return List.of("10.0.0.1", "10.0.0.2");
  }

  private void update(Struct service, Struct change) {
    call("UpdateService", id(service).with("Service", change));
    seconds(30);
  }

  private List<Object> ttl(Struct service) {
    return call("GetService", id(service))
        .struct("Service")
        .flatMap(s -> s.struct("DnsConfig"))
        .orElseThrow()
        .structs("DnsRecords")
        .stream()
        .map(r -> r.get("TTL"))
        .toList();
  }

  private static Struct records(Struct record) {
    return Struct.of().with("DnsRecords", List.of(record));
  }

  private static Struct id(Struct of) {
    return Struct.of().with("Id", of.required("Id"));
  }

  private Struct filtered(String operation, String name, String value) {
    Struct filter = Struct.of().with("Name", name).with("Values", List.of(value));
    return call(operation, Struct.of().with("Filters", List.of(filter)));
  }

  private static Struct namespace(String token) {
    return Struct.of().with("Name", "phoenix").with("Vpc", "vpc-1").with("CreatorRequestId", token);
  }

  /** A service in the namespace phoenix, which is made first where it lacks. */
  private Struct service(String name) {
    call("CreatePrivateDnsNamespace", namespace("t1"));
    seconds(30);
    return call("CreateService", serviceRequest(name)).struct("Service").orElseThrow();
  }

  private Struct serviceRequest(String name) {
    return Struct.of()
        .with("Name", name)
        .with("CreatorRequestId", "token-" + name)
        .with("NamespaceId", namespaces().get(0).required("Id"))
        .with("HealthCheckCustomConfig", Struct.of())
        .with("DnsConfig", records(Struct.of().with("Type", "A").with("TTL", 10L)));
  }

  private List<Struct> namespaces() {
    return call("ListNamespaces", Struct.of()).structs("Namespaces");
  }

  private Struct operation(String id) {
    return call("GetOperation", Struct.of().with("OperationId", id))
        .struct("Operation")
        .orElseThrow();
  }

  private Struct error(String code, String operation, Struct in) {
    try {
      call(operation, in);
    } catch (AwsException e) {
      assertThat(e.code()).isEqualTo(code);
      return e.members();
    }
    throw new AssertionError(operation + " was not refused");
  }

  private Struct call(String operation, Struct in) {
    return cloudMap.handle(operation, in, CALLER);
  }

  private void seconds(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }
}
