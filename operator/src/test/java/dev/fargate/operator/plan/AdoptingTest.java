package dev.fargate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.plan.PlanOptions.Adoption;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LoadBalancer;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which things of others may be taken over. */
class AdoptingTest {
  private static final Owner APP = new Owner("acme", "FargateApp", "default", "web");
  private static final Owner ENVIRONMENT = new Owner("acme", "FargateEnvironment", "", "prod");
  private static final Map<String, String> CONSENT =
      Map.of("fargate.dev/adopt", "FargateApp/default/web");

  private static TargetGroup group(int port) {
    return new TargetGroup(
        new ResourceId(Kind.TARGET_GROUP, "web"),
        "web-1",
        port,
        "HTTP",
        "HTTP1",
        "vpc-1",
        new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 15, 5, 2, 2, "200"),
        new TreeMap<>());
  }

  private static Optional<String> refusal(
      Resource actual, Resource wanted, Map<String, String> tags, Owner owner, Adoption adoption) {
    return Adopting.refusal(
        new ObservedResource(actual, Map.of(), tags, Ownership.FOREIGN, Lifecycle.ACTIVE, null),
        wanted,
        owner,
        adoption);
  }

  @Test
  void whatWouldHaveToBeReplacedIsRefused() {
    assertThat(refusal(group(80), group(80), CONSENT, APP, Adoption.IF_TAGGED)).isEmpty();
    assertThat(refusal(group(8080), group(80), CONSENT, APP, Adoption.ADOPT))
        .contains("whose port is 8080, not 80, and cannot be changed");
  }

  @Test
  void aNameThatAnybodyMayAskForNeedsTheTag() {
    Resource service =
        new DiscoveryService(
            new ResourceId(Kind.DISCOVERY_SERVICE, "web"), "web", Value.known("ns-1"), "A", 10);
    assertThat(refusal(service, service, Map.of(), APP, Adoption.ADOPT))
        .contains("which lacks the tag fargate.dev/adopt=FargateApp/default/web");
    assertThat(refusal(service, service, CONSENT, APP, Adoption.ADOPT)).isEmpty();
    Resource namespace =
        new PrivateDnsNamespace(
            new ResourceId(Kind.PRIVATE_DNS_NAMESPACE, "dns"), "internal", "vpc-1");
    assertThat(refusal(namespace, namespace, Map.of(), ENVIRONMENT, Adoption.ADOPT)).isEmpty();
  }

  /** Cloud Map does not tell it, and in another network nobody would find the names. */
  @Test
  void aNamespaceHasToSayItsVpc() {
    ResourceId id = new ResourceId(Kind.PRIVATE_DNS_NAMESPACE, "dns");
    Resource unknown = new PrivateDnsNamespace(id, "internal", "");
    Resource wanted = new PrivateDnsNamespace(id, "internal", "vpc-1");
    assertThat(refusal(unknown, wanted, Map.of(), ENVIRONMENT, Adoption.ADOPT))
        .contains("which lacks the tag fargate.dev/vpc-id=vpc-1");
  }

  @Test
  void whatCloudFormationManagesIsRefused() {
    Map<String, String> tags = new TreeMap<>(CONSENT);
    tags.put("aws:cloudformation:stack-name", "theirs");
    assertThat(refusal(group(80), group(80), tags, APP, Adoption.ADOPT))
        .hasValueSatisfying(
            why -> assertThat(why).contains("CloudFormation", "aws:cloudformation:stack-name"));
  }

  @Test
  void whatOnceWasOursIsTakenBackWhenATagOfOursIsLeft() {
    Map<String, String> tags = new TreeMap<>(CONSENT);
    tags.put("fargate.dev/owner-id", "acme");
    assertThat(refusal(group(80), group(80), tags, APP, Adoption.IF_TAGGED)).isEmpty();
    tags.put("fargate.dev/owner-id", "other");
    assertThat(refusal(group(80), group(80), tags, APP, Adoption.IF_TAGGED))
        .contains("which belongs to something of installation other");
  }

  @Test
  void whatEcsManagesItselfIsRefused() {
    Map<String, String> tags = new TreeMap<>(CONSENT);
    tags.put(dev.fargate.operator.stack.Ownership.MANAGED_BY_ECS, "ECS");
    assertThat(refusal(group(80), group(80), tags, APP, Adoption.ADOPT))
        .contains("which is managed by ECS (its field resourceManagementType)");
  }

  private static ObservedResource theirs(Resource actual, Lifecycle lifecycle) {
    return new ObservedResource(actual, Map.of(), CONSENT, Ownership.FOREIGN, lifecycle, null);
  }

  @Test
  void theTagOfAnotherConsentsToNothing() {
    Map<String, String> tags = Map.of("fargate.dev/adopt", "FargateApp/default/other");
    assertThat(refusal(group(80), group(80), tags, APP, Adoption.ADOPT))
        .contains("whose tag fargate.dev/adopt names FargateApp/default/other");
  }

  @Test
  void whatBelongsToAnotherObjectStaysItsWithOrWithoutATagOfConsent() {
    Map<String, String> tags = new TreeMap<>(CONSENT);
    tags.put("fargate.dev/resource-of", "FargateApp/default/other");
    assertThat(refusal(group(80), group(80), tags, APP, Adoption.ADOPT))
        .contains("which belongs to FargateApp/default/other");
    tags.put("fargate.dev/resource-of", APP.reference());
    assertThat(refusal(group(80), group(80), tags, APP, Adoption.ADOPT)).isEmpty();
  }

  @Test
  void aDnsRecordIsNeverTakenOverAndNeverSaysWhy() {
    Resource name =
        new PublicName(
            new ResourceId(Kind.PUBLIC_NAME, "web"), "Z1", "web.example.com", "Z2", "lb");
    assertThat(refusal(name, name, CONSENT, APP, Adoption.ADOPT)).contains("");
    assertThat(refusal(group(80), group(80), CONSENT, APP, Adoption.NEVER)).contains("");
  }

  @Test
  void onlyWhatIsWholeIsTakenOver() {
    for (Lifecycle lifecycle : Lifecycle.values()) {
      Optional<String> refusal =
          Adopting.refusal(theirs(group(80), lifecycle), group(80), APP, Adoption.ADOPT);
      if (lifecycle == Lifecycle.ACTIVE) {
        assertThat(refusal).isEmpty();
      } else {
        assertThat(refusal).contains("which is not active");
      }
    }
  }

  @Test
  void aGroupOfAnotherNetworkAndALoadBalancerOfAnotherSchemeAreRefused() {
    ResourceId tasks = new ResourceId(Kind.SECURITY_GROUP, "tasks");
    Resource group = new SecurityGroup(tasks, "web", "ours", "vpc-1");
    assertThat(
            refusal(
                new SecurityGroup(tasks, "by hand", "theirs", "vpc-1"),
                group,
                CONSENT,
                APP,
                Adoption.ADOPT))
        .isEmpty();
    assertThat(
            refusal(
                new SecurityGroup(tasks, "web", "ours", "vpc-2"),
                group,
                CONSENT,
                APP,
                Adoption.ADOPT))
        .contains("whose vpcId is vpc-2, not vpc-1, and cannot be changed");
    Map<String, String> tags = Map.of("fargate.dev/adopt", ENVIRONMENT.reference());
    Resource wanted = balancer("public", "internet-facing");
    assertThat(
            refusal(
                balancer("theirs", "internet-facing"), wanted, tags, ENVIRONMENT, Adoption.ADOPT))
        .isEmpty();
    assertThat(refusal(balancer("public", "internal"), wanted, tags, ENVIRONMENT, Adoption.ADOPT))
        .contains("whose scheme is internal, not internet-facing, and cannot be changed");
  }

  private static Resource balancer(String name, String scheme) {
    return new LoadBalancer(
        new ResourceId(Kind.LOAD_BALANCER, "public"),
        name,
        "application",
        scheme,
        Set.of("subnet-a"),
        List.of());
  }

  @Test
  void whatCannotBeChangedOfAnyOtherKindIsWhatItsDifferSays() {
    Resource vault =
        new BackupVault(new ResourceId(Kind.BACKUP_VAULT, "data"), "theirs", null, null);
    Resource wanted =
        new BackupVault(new ResourceId(Kind.BACKUP_VAULT, "data"), "ours", null, null);
    assertThat(refusal(vault, wanted, CONSENT, APP, Adoption.ADOPT))
        .contains("whose name is theirs, not ours, and cannot be changed");
  }
}
