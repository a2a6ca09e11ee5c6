package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceRequestsTest {
  private static final Struct SPOT =
      Struct.of().with("capacityProvider", "FARGATE_SPOT").with("weight", 1);

  private final EcsWorld world = new EcsWorld();

  @Test
  void aTargetGroupWithoutLoadBalancerIsRefused() {
    String lonely = world.balancing.group("lonely", "ip");
    refused(
        "CreateService",
        behind(lonely),
        "InvalidParameterException",
        "The target group with targetGroupArn "
            + lonely
            + " does not have an associated load balancer.");
  }

  @Test
  void aTargetGroupOfInstancesIsRefused() {
    String instances = world.balancing.group("instances", "instance");
    world.balancing.listener(81, instances);
    refused(
        "CreateService",
        behind(instances),
        "InvalidParameterException",
        "The provided target group "
            + instances
            + " has target type instance, which is incompatible with the awsvpc network mode"
            + " specified in the task definition.");
  }

  @Test
  void aLoadBalancerNeedsAContainerPortOfTheDefinition() {
    Struct wrongPort = EcsWorld.loadBalancer(world.balancing.targetGroup).with("containerPort", 80);
    refused(
        "CreateService",
        service().with("loadBalancers", List.of(wrongPort)),
        "InvalidParameterException",
        "The container web did not have a container port 80 defined.");
    Struct wrongName =
        EcsWorld.loadBalancer(world.balancing.targetGroup).with("containerName", "x");
    refused(
        "CreateService",
        service().with("loadBalancers", List.of(wrongName)),
        "InvalidParameterException",
        "The container x does not exist in the task definition.");
  }

  @Test
  void theSameTokenWithTheSameRequestReturnsTheService() {
    Struct request = service().with("clientToken", "abc");
    world.call("CreateService", request);
    Struct again = world.call("CreateService", request.copy());

    assertThat(again.struct("service").orElseThrow().required("serviceName")).isEqualTo("web");
    assertThat(world.deployments()).hasSize(1);
  }

  @Test
  void anotherRequestForAnActiveNameIsNotIdempotent() {
    String message = "Creation of service was not idempotent.";
    Struct request = service();
    world.call("CreateService", request.copy().with("clientToken", "abc"));
    refused("CreateService", request.copy(), "InvalidParameterException", message);
    refused(
        "CreateService",
        request.copy().with("clientToken", "abc").with("desiredCount", 5),
        "InvalidParameterException",
        message);
  }

  @Test
  void aServiceIsCreatedAgainOnlyOnceItIsInactive() {
    world.steady(service());
    refused(
        "DeleteService",
        EcsWorld.update(),
        "InvalidParameterException",
        "The service cannot be stopped while it is scaled above 0.");

    world.call("DeleteService", EcsWorld.update().with("force", true));
    assertThat(world.service().required("status")).isEqualTo("DRAINING");
    assertThat(listed()).isEmpty();
    refused(
        "CreateService",
        service(),
        "InvalidParameterException",
        "Unable to Start a service that is still Draining.");
    refused(
        "UpdateService",
        EcsWorld.update().with("desiredCount", 1),
        "ServiceNotActiveException",
        "Service was not ACTIVE.");

    world.seconds(60);
    assertThat(world.service().required("status")).isEqualTo("INACTIVE");
    assertThat(world.service().integer("runningCount")).contains(0);
    world.call("DeleteService", EcsWorld.update());

    world.call("CreateService", service());
    assertThat(world.service().required("status")).isEqualTo("ACTIVE");
    assertThat(world.service().structs("events")).isEmpty();
  }

  @Test
  void aServiceIsForgottenAnHourAfterItWasDeleted() {
    world.steady(service());
    world.call("DeleteService", EcsWorld.update().with("force", true));
    world.seconds(65 * 60);

    Struct answer =
        world.call(
            "DescribeServices",
            Struct.of().with("cluster", "main").with("services", List.of("web")));
    assertThat(answer.structs("services")).isEmpty();
    assertThat(answer.structs("failures").get(0).required("reason")).isEqualTo("MISSING");
    refused("DeleteService", EcsWorld.update(), "ServiceNotFoundException", "Service not found.");
  }

  @Test
  void elevenServicesAreTooManyForOneDescribe() {
    List<String> names = IntStream.range(0, 11).mapToObj(i -> "s" + i).toList();
    assertThatThrownBy(
            () ->
                world.call(
                    "DescribeServices",
                    Struct.of().with("cluster", "main").with("services", names)))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("at most 10");
  }

  @Test
  void servicesAreListedPageByPage() {
    String definition = world.register("web:1");
    for (int i = 0; i < 25; i++) {
      world.call("CreateService", EcsWorld.service(definition, 0).with("serviceName", "s" + i));
    }
    Struct first = world.call("ListServices", Struct.of().with("cluster", "main"));
    assertThat(first.strings("serviceArns")).hasSize(10);
    Struct rest =
        world.call(
            "ListServices",
            Struct.of()
                .with("cluster", "main")
                .with("nextToken", first.required("nextToken"))
                .with("maxResults", 100));
    assertThat(rest.strings("serviceArns"))
        .hasSize(15)
        .doesNotContainAnyElementsOf(first.strings("serviceArns"));
    assertThat(rest.has("nextToken")).isFalse();
  }

  @Test
  void whatAServiceRefersToMustExist() {
    refused(
        "CreateService",
        service().with("taskDefinition", "web:99"),
        "ClientException",
        "Unable to describe task definition.");
    refused(
        "CreateService",
        service().with("cluster", "none"),
        "ClusterNotFoundException",
        "Cluster not found.");
    Struct vpc = Struct.of().with("subnets", List.of("subnet-none"));
    refused(
        "CreateService",
        service().with("networkConfiguration", Struct.of().with("awsvpcConfiguration", vpc)),
        "InvalidParameterException",
        "Error retrieving subnet information for [subnet-none]: The subnet ID 'subnet-none' does"
            + " not exist (ErrorCode: InvalidSubnetID.NotFound)");
    Struct group =
        Struct.of()
            .with("subnets", List.of(Ec2Fixture.SUBNET_A))
            .with("securityGroups", List.of("sg-none"));
    refused(
        "CreateService",
        service().with("networkConfiguration", Struct.of().with("awsvpcConfiguration", group)),
        "InvalidParameterException",
        "Error retrieving security group information for [sg-none]: The security group 'sg-none'"
            + " does not exist (ErrorCode: InvalidGroup.NotFound)");
  }

  @Test
  void tagsAreShownOnRequestAndEndWithTheService() {
    world.call("CreateService", service().with("tags", tags("owner", "a")));
    String arn = world.service().required("serviceArn");
    world.call("TagResource", Struct.of().with("resourceArn", arn).with("tags", tags("team", "b")));
    world.call(
        "UntagResource", Struct.of().with("resourceArn", arn).with("tagKeys", List.of("owner")));

    assertThat(world.service().structs("tags")).isEqualTo(tags("team", "b"));
    Struct without =
        world.call(
            "DescribeServices",
            Struct.of().with("cluster", "main").with("services", List.of("web")));
    assertThat(without.structs("services").get(0).has("tags")).isFalse();

    world.call("DeleteService", EcsWorld.update().with("force", true));
    assertThat(world.service().structs("tags")).isEmpty();
  }

  @Test
  void aClusterWithServicesIsNotDeleted() {
    world.steady(service());
    refused(
        "DeleteCluster",
        Struct.of().with("cluster", "main"),
        "ClusterContainsServicesException",
        "The Cluster cannot be deleted while Services are active.");

    world.call("DeleteService", EcsWorld.update().with("force", true));
    world.seconds(60);
    world.call("DeleteCluster", Struct.of().with("cluster", "main"));
    assertThat(world.call("ListClusters", Struct.of()).strings("clusterArns")).isEmpty();
  }

  @Test
  void aStrategyNeedsAProviderOfTheCluster() {
    Struct request =
        service().with("launchType", null).with("capacityProviderStrategy", List.of(SPOT));
    assertThatThrownBy(() -> world.call("CreateService", request))
        .hasMessageContaining("not associated with the cluster");

    withProviders();
    world.steady(request);
    assertThat(world.service().has("launchType")).isFalse();
    assertThat(world.tasks("RUNNING").get(0).required("capacityProviderName"))
        .isEqualTo("FARGATE_SPOT");
  }

  @Test
  void aChangeOfTheStrategyNeedsAForcedDeployment() {
    withProviders();
    world.steady(service());
    Struct toSpot = EcsWorld.update().with("capacityProviderStrategy", List.of(SPOT));
    refused(
        "UpdateService",
        toSpot.copy(),
        "InvalidParameterException",
        "When switching from launch type to capacity provider strategy on an existing service, or"
            + " making a change to a capacity provider strategy on a service that is already using"
            + " one, you must force a new deployment.");
    world.call("UpdateService", toSpot.copy().with("forceNewDeployment", true));
    world.seconds(600);
    assertThat(world.tasks("RUNNING").get(0).required("capacityProviderName"))
        .isEqualTo("FARGATE_SPOT");
    world.call("UpdateService", toSpot.copy());
    world.call(
        "UpdateService",
        EcsWorld.update()
            .with("capacityProviderStrategy", List.of())
            .with("forceNewDeployment", true));
    assertThat(world.service().required("launchType")).isEqualTo("FARGATE");
  }

  @Test
  void aProviderInUseCannotLeaveItsCluster() {
    withProviders();
    world.steady(
        service().with("launchType", null).with("capacityProviderStrategy", List.of(SPOT)));
    refused(
        "PutClusterCapacityProviders",
        Struct.of()
            .with("cluster", "main")
            .with("capacityProviders", List.of("FARGATE"))
            .with("defaultCapacityProviderStrategy", List.of()),
        "ResourceInUseException",
        "The capacity provider FARGATE_SPOT is in use and cannot be removed.");
  }

  @Test
  void aSpotTaskThatIsTakenAwaySaysSoAndIsReplaced() {
    withProviders();
    world.steady(
        service().with("launchType", null).with("capacityProviderStrategy", List.of(SPOT)));
    String taken = world.tasks("RUNNING").get(0).required("taskArn");
    world.clock.locked(
        () -> {
          world.ecs.interruptSpot(taken);
          return null;
        });
    world.seconds(120);
    Struct stopped = world.tasks("STOPPED").get(0);
    assertThat(stopped.required("taskArn")).isEqualTo(taken);
    assertThat(stopped.required("stopCode")).isEqualTo("SpotInterruption");
    assertThat(stopped.required("stoppedReason")).isEqualTo("Your Spot Task was interrupted.");
    assertThat(world.tasks("RUNNING")).hasSize(1);
  }

  @Test
  void onlySpotTasksAreTakenAway() {
    world.steady(service());
    String task = world.tasks("RUNNING").get(0).required("taskArn");
    assertThatThrownBy(() -> world.ecs.interruptSpot(task))
        .hasMessageContaining("not a task of FARGATE_SPOT");
  }

  private void withProviders() {
    world.call(
        "PutClusterCapacityProviders",
        Struct.of()
            .with("cluster", "main")
            .with("capacityProviders", List.of("FARGATE", "FARGATE_SPOT"))
            .with("defaultCapacityProviderStrategy", List.of()));
  }

  private Struct service() {
    return EcsWorld.service(world.register("web:1"), 1);
  }

  private Struct behind(String targetGroup) {
    return service().with("loadBalancers", List.of(EcsWorld.loadBalancer(targetGroup)));
  }

  private static List<Struct> tags(String key, String value) {
    return List.of(Struct.of().with("key", key).with("value", value));
  }

  private List<String> listed() {
    return world.call("ListServices", Struct.of().with("cluster", "main")).strings("serviceArns");
  }

  private void refused(String operation, Struct request, String code, String message) {
    assertThatThrownBy(() -> world.call(operation, request))
        .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
