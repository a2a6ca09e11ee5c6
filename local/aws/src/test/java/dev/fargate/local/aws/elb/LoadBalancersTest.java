package dev.fargate.local.aws.elb;

import static dev.fargate.local.aws.elb.ElbFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadBalancersTest {
  private final ElbFixture aws = new ElbFixture();

  private Struct only(String arn) {
    return aws.call("DescribeLoadBalancers", Struct.of().with("LoadBalancerArns", List.of(arn)))
        .structs("LoadBalancers")
        .get(0);
  }

  @Test
  void aLoadBalancerIsProvisioningAtFirstThenActive() {
    String arn = aws.loadBalancer("web");
    assertThat(only(arn).struct("State").orElseThrow().required("Code")).isEqualTo("provisioning");
    aws.clock.advance(Duration.ofMinutes(2));
    assertThat(only(arn).struct("State").orElseThrow().required("Code")).isEqualTo("active");
  }

  @Test
  void whatCannotBeSetUpHasFailedForGood() {
    aws.elb.failLoadBalancers(true);
    String arn = aws.loadBalancer("web");
    aws.clock.advance(Duration.ofMinutes(2));
    aws.elb.failLoadBalancers(false);
    aws.clock.advance(Duration.ofMinutes(2));
    assertThat(only(arn).struct("State").orElseThrow().required("Code")).isEqualTo("failed");
  }

  @Test
  void creatingItAgainReturnsItOrRefusesOtherSettings() {
    String arn = aws.loadBalancer("web");
    assertThat(aws.loadBalancer("web")).isEqualTo(arn);
    refused(
        "DuplicateLoadBalancerName",
        () ->
            aws.call(
                "CreateLoadBalancer", aws.loadBalancerInput("web").with("Scheme", "internal")));
  }

  @Test
  void itNeedsTwoZonesAndKnownGroups() {
    refused(
        "ValidationError",
        () ->
            aws.call(
                "CreateLoadBalancer",
                aws.loadBalancerInput("web").with("Subnets", List.of(Ec2Fixture.SUBNET_A))));
    refused(
        "SubnetNotFound",
        () ->
            aws.call(
                "CreateLoadBalancer",
                aws.loadBalancerInput("web").with("Subnets", List.of("subnet-0123456789abcdef0"))));
    refused(
        "InvalidSecurityGroup",
        () ->
            aws.call(
                "CreateLoadBalancer",
                aws.loadBalancerInput("web")
                    .with("SecurityGroups", List.of("sg-0123456789abcdef0"))));
    refused(
        "ValidationError",
        () -> aws.call("CreateLoadBalancer", aws.loadBalancerInput("internal-web")));
  }

  @Test
  void itIsFoundByNameAndNotByAWrongOne() {
    String arn = aws.loadBalancer("web");
    Struct byName = Struct.of().with("Names", List.of("web"));
    assertThat(aws.call("DescribeLoadBalancers", byName).structs("LoadBalancers"))
        .extracting(each -> each.required("LoadBalancerArn"))
        .containsExactly(arn);
    refused(
        "LoadBalancerNotFound",
        () -> aws.call("DescribeLoadBalancers", Struct.of().with("Names", List.of("other"))));
  }

  @Test
  void theListIsReadPageByPage() {
    for (int i = 0; i < 5; i++) {
      aws.loadBalancer("web-" + i);
    }
    List<String> names = new ArrayList<>();
    Struct input = Struct.of().with("PageSize", 2);
    for (Struct page = aws.call("DescribeLoadBalancers", input); ; ) {
      page.structs("LoadBalancers").forEach(each -> names.add(each.required("LoadBalancerName")));
      if (!page.has("NextMarker")) {
        break;
      }
      page = aws.call("DescribeLoadBalancers", input.with("Marker", page.required("NextMarker")));
    }
    assertThat(names).containsExactly("web-0", "web-1", "web-2", "web-3", "web-4");
  }

  @Test
  void deletionProtectionHoldsItAndDeletingTwiceSucceeds() {
    String arn = aws.loadBalancer("web");
    Struct it = Struct.of().with("LoadBalancerArn", arn);
    protect(arn, "true");
    refused("OperationNotPermitted", () -> aws.call("DeleteLoadBalancer", it));
    protect(arn, "false");
    aws.call("DeleteLoadBalancer", it);
    aws.call("DeleteLoadBalancer", it);
    refused("LoadBalancerNotFound", () -> only(arn));
  }

  private void protect(String arn, String value) {
    aws.call(
        "ModifyLoadBalancerAttributes",
        Struct.of()
            .with("LoadBalancerArn", arn)
            .with(
                "Attributes",
                List.of(
                    Struct.of().with("Key", "deletion_protection.enabled").with("Value", value))));
  }

  @Test
  void itsSecurityGroupStaysInUseForAWhileAfterItsDeletion() {
    String arn = aws.loadBalancer("web");
    Ec2Fixture.call(
        aws.ec2,
        "RevokeSecurityGroupIngress",
        Struct.of()
            .with("GroupId", aws.appGroup)
            .with("IpPermissions", List.of(Ec2Fixture.fromGroup(3000, aws.lbGroup))));
    Struct group = Struct.of().with("GroupId", aws.lbGroup);
    aws.call("DeleteLoadBalancer", Struct.of().with("LoadBalancerArn", arn));
    refused("DependencyViolation", () -> Ec2Fixture.call(aws.ec2, "DeleteSecurityGroup", group));
    aws.clock.advance(Duration.ofSeconds(30));
    Ec2Fixture.call(aws.ec2, "DeleteSecurityGroup", group);
    assertThat(aws.ec2.hasSecurityGroup(aws.lbGroup)).isFalse();
  }

  @Test
  void anUnknownAttributeOrValueChangesNothing() {
    String arn = aws.loadBalancer("web");
    Struct wrong =
        Struct.of()
            .with("LoadBalancerArn", arn)
            .with(
                "Attributes",
                List.of(
                    Struct.of().with("Key", "idle_timeout.timeout_seconds").with("Value", "90"),
                    Struct.of().with("Key", "idle_timeout").with("Value", "90")));
    refused("ValidationError", () -> aws.call("ModifyLoadBalancerAttributes", wrong));
    assertThat(
            aws.call("DescribeLoadBalancerAttributes", Struct.of().with("LoadBalancerArn", arn))
                .structs("Attributes"))
        .contains(Struct.of().with("Key", "idle_timeout.timeout_seconds").with("Value", "60"));
  }

  @Test
  void aListenerIsCreatedOncePerPort() {
    String arn = aws.loadBalancer("web");
    String listener = aws.listener(arn);
    assertThat(aws.listener(arn)).isEqualTo(listener);
    Struct other =
        aws.listenerInput(arn, 80).with("DefaultActions", ElbFixture.forward(aws.group("other")));
    refused("DuplicateListener", () -> aws.call("CreateListener", other));
    refused(
        "UnsupportedProtocol",
        () -> aws.call("CreateListener", aws.listenerInput(arn, 443).with("Protocol", "TLS")));
  }

  @Test
  void whatIsNotSupportedIsRefusedByName() {
    refused(
        "InvalidConfigurationRequest",
        () -> aws.call("CreateLoadBalancer", aws.loadBalancerInput("nlb").with("Type", "network")));
    refused(
        "InvalidConfigurationRequest",
        () -> aws.call("CreateTargetGroup", aws.groupInput("tcp").with("Protocol", "TCP")));
  }

  @Test
  void tagsAreDescribedForTwentyResourcesAtATime() {
    String arn =
        aws.call(
                "CreateLoadBalancer",
                aws.loadBalancerInput("web").with("Tags", List.of(Ec2Fixture.tags("a", "1"))))
            .structs("LoadBalancers")
            .get(0)
            .required("LoadBalancerArn");
    Struct one = Struct.of().with("ResourceArns", List.of(arn));
    aws.call("AddTags", one.copy().with("Tags", List.of(Ec2Fixture.tags("b", "2"))));
    aws.call("RemoveTags", one.copy().with("TagKeys", List.of("a")));
    assertThat(aws.call("DescribeTags", one).structs("TagDescriptions").get(0).structs("Tags"))
        .containsExactly(Ec2Fixture.tags("b", "2"));
    List<String> many = java.util.Collections.nCopies(21, arn);
    refused(
        "ValidationError", () -> aws.call("DescribeTags", Struct.of().with("ResourceArns", many)));
  }
}
