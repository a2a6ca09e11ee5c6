package dev.fargate.local.aws.ec2;

import static dev.fargate.local.aws.ec2.Ec2Fixture.allow;
import static dev.fargate.local.aws.ec2.Ec2Fixture.call;
import static dev.fargate.local.aws.ec2.Ec2Fixture.filter;
import static dev.fargate.local.aws.ec2.Ec2Fixture.fromGroup;
import static dev.fargate.local.aws.ec2.Ec2Fixture.fromRange;
import static dev.fargate.local.aws.ec2.Ec2Fixture.group;
import static dev.fargate.local.aws.ec2.Ec2Fixture.tagged;
import static dev.fargate.local.aws.ec2.Ec2Fixture.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecurityGroupsTest {
  private final Ec2 ec2 = Ec2Fixture.ec2();

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  private List<Struct> describe(Struct input) {
    return call(ec2, "DescribeSecurityGroups", input).structs("SecurityGroups");
  }

  private List<Struct> rules(Struct input) {
    return call(ec2, "DescribeSecurityGroupRules", input).structs("SecurityGroupRules");
  }

  @Test
  void aNewGroupLetsEverythingOutAndNothingIn() {
    String id = group(ec2, "app");
    Struct group = describe(Struct.of().with("GroupIds", List.of(id))).get(0);
    assertThat(group.structs("IpPermissions")).isEmpty();
    Struct egress = group.structs("IpPermissionsEgress").get(0);
    assertThat(egress.required("IpProtocol")).isEqualTo("-1");
    assertThat(egress.has("FromPort")).isFalse();
    assertThat(egress.structs("IpRanges").get(0).required("CidrIp")).isEqualTo("0.0.0.0/0");
  }

  @Test
  void aNameIsUniqueInItsVpcWhateverItsCase() {
    group(ec2, "app");
    refused("InvalidGroup.Duplicate", () -> group(ec2, "APP"));
    Struct elsewhere =
        Struct.of()
            .with("GroupName", "app")
            .with("Description", "d")
            .with("VpcId", Ec2Fixture.OTHER_VPC);
    assertThat(call(ec2, "CreateSecurityGroup", elsewhere).required("GroupId")).startsWith("sg-");
  }

  @Test
  void theSameRuleTwiceIsADuplicateAndAddsNothing() {
    String id = group(ec2, "app");
    allow(ec2, id, fromRange(80, "10.0.0.0/16"));
    refused("InvalidPermission.Duplicate", () -> allow(ec2, id, fromRange(80, "10.0.3.4/16")));
    Struct both =
        Struct.of()
            .with("GroupId", id)
            .with(
                "IpPermissions",
                List.of(fromRange(81, "10.0.0.0/16"), fromRange(80, "10.0.0.0/16")));
    refused("InvalidPermission.Duplicate", () -> call(ec2, "AuthorizeSecurityGroupIngress", both));
    assertThat(rules(filter("group-id", id))).hasSize(2);
  }

  @Test
  void aRuleCarriesItsIdAndTheTagsOfItsCreateCall() {
    String lb = group(ec2, "lb");
    String app = group(ec2, "app");
    Struct made =
        call(
            ec2,
            "AuthorizeSecurityGroupIngress",
            Struct.of()
                .with("GroupId", app)
                .with("IpPermissions", List.of(fromGroup(3000, lb)))
                .with("TagSpecifications", List.of(tagged("security-group-rule", "owner", "me"))));
    Struct rule = made.structs("SecurityGroupRules").get(0);
    assertThat(rule.required("SecurityGroupRuleId")).startsWith("sgr-");
    assertThat(rule.struct("ReferencedGroupInfo").orElseThrow().required("GroupId")).isEqualTo(lb);
    assertThat(rules(filter("tag:owner", "me"))).containsExactly(rule);
    assertThat(rules(filter("tag:owner", "you"))).isEmpty();
    assertThat(rules(filter("security-group-rule-id", rule.required("SecurityGroupRuleId"))))
        .containsExactly(rule);
  }

  @Test
  void rulesAreRevokedByIdOrByWhatTheyLetThrough() {
    String id = group(ec2, "app");
    String first =
        allow(ec2, id, fromRange(80, "10.0.0.0/16"))
            .structs("SecurityGroupRules")
            .get(0)
            .required("SecurityGroupRuleId");
    allow(ec2, id, fromRange(81, "10.0.0.0/16"));
    Struct byId = Struct.of().with("GroupId", id).with("SecurityGroupRuleIds", List.of(first));
    Struct byTraffic =
        Struct.of()
            .with("GroupId", id)
            .with("IpPermissions", List.of(fromRange(81, "10.0.0.0/16")));
    call(ec2, "RevokeSecurityGroupIngress", byId);
    call(ec2, "RevokeSecurityGroupIngress", byTraffic);
    assertThat(rules(filter("group-id", id))).allMatch(rule -> rule.bool("IsEgress").orElseThrow());
    refused(
        "InvalidSecurityGroupRuleId.NotFound", () -> call(ec2, "RevokeSecurityGroupIngress", byId));
    refused("InvalidPermission.NotFound", () -> call(ec2, "RevokeSecurityGroupIngress", byTraffic));
  }

  @Test
  void aGroupInUseByAnotherGroupsRuleIsNotDeleted() {
    String lb = group(ec2, "lb");
    String app = group(ec2, "app");
    allow(ec2, app, fromGroup(3000, lb));
    Struct delete = Struct.of().with("GroupId", lb);
    refused("DependencyViolation", () -> call(ec2, "DeleteSecurityGroup", delete));
    call(
        ec2,
        "RevokeSecurityGroupIngress",
        Struct.of().with("GroupId", app).with("IpPermissions", List.of(fromGroup(3000, lb))));
    call(ec2, "DeleteSecurityGroup", delete);
    refused("InvalidGroup.NotFound", () -> call(ec2, "DeleteSecurityGroup", delete));
  }

  @Test
  void aGroupThatOnlyItselfRefersToIsDeleted() {
    String id = group(ec2, "app");
    allow(ec2, id, fromGroup(3000, id));
    call(ec2, "DeleteSecurityGroup", Struct.of().with("GroupId", id));
    assertThat(rules(filter("group-id", id))).isEmpty();
  }

  @Test
  void aGroupIsNotDeletedWhileAnInterfaceHasIt() {
    String id = group(ec2, "app");
    Network.NetworkInterface eni = ec2.attach(Ec2Fixture.SUBNET_A, List.of(id), "a task");
    Struct delete = Struct.of().with("GroupId", id);
    refused("DependencyViolation", () -> call(ec2, "DeleteSecurityGroup", delete));
    assertThat(
            call(ec2, "DescribeNetworkInterfaces", filter("group-id", id))
                .structs("NetworkInterfaces"))
        .extracting(each -> each.required("NetworkInterfaceId"))
        .containsExactly(eni.id());
    ec2.detach(eni.id());
    call(ec2, "DeleteSecurityGroup", delete);
    assertThat(describe(filter("group-name", "app"))).isEmpty();
  }

  @Test
  void theDefaultGroupCannotBeDeleted() {
    String id = ec2.defaultSecurityGroup(Ec2Fixture.VPC);
    refused(
        "CannotDelete", () -> call(ec2, "DeleteSecurityGroup", Struct.of().with("GroupId", id)));
  }

  @Test
  void groupsAreFoundByIdNameVpcAndTag() {
    Struct input =
        Struct.of()
            .with("GroupName", "app")
            .with("Description", "d")
            .with("VpcId", Ec2Fixture.VPC)
            .with("TagSpecifications", List.of(tagged("security-group", "fargate.dev/owner", "x")));
    String id = call(ec2, "CreateSecurityGroup", input).required("GroupId");
    for (Struct filter :
        List.of(
            filter("group-id", id),
            filter("group-name", "ap*"),
            filter("tag:fargate.dev/owner", "y", "x"),
            filter("tag-key", "fargate.dev/owner"))) {
      assertThat(describe(filter))
          .extracting(group -> group.required("GroupId"))
          .containsExactly(id);
    }
    assertThat(describe(filter("vpc-id", Ec2Fixture.OTHER_VPC))).hasSize(1);
    refused("InvalidParameterValue", () -> describe(filter("colour", "red")));
    refused(
        "InvalidGroup.NotFound",
        () -> describe(Struct.of().with("GroupIds", List.of("sg-0123456789abcdef0"))));
  }

  @Test
  void aPageEndsWithATokenForTheNext() {
    for (int i = 0; i < 6; i++) {
      group(ec2, "app-" + i);
    }
    Struct first = call(ec2, "DescribeSecurityGroups", Struct.of().with("MaxResults", 5));
    Struct second =
        call(
            ec2,
            "DescribeSecurityGroups",
            Struct.of().with("MaxResults", 5).with("NextToken", first.required("NextToken")));
    assertThat(first.structs("SecurityGroups")).hasSize(5);
    assertThat(second.structs("SecurityGroups")).hasSize(3);
    assertThat(second.has("NextToken")).isFalse();
  }

  @Test
  void tagsArePutOnAndTakenOffLater() {
    String id = group(ec2, "app");
    Struct tag = Struct.of().with("Resources", List.of(id)).with("Tags", List.of(tags("a", "1")));
    call(ec2, "CreateTags", tag);
    assertThat(describe(filter("tag:a", "1"))).hasSize(1);
    assertThat(call(ec2, "DescribeTags", filter("resource-id", id)).structs("Tags").get(0))
        .isEqualTo(
            Struct.of()
                .with("ResourceId", id)
                .with("ResourceType", "security-group")
                .with("Key", "a")
                .with("Value", "1"));
    call(ec2, "DeleteTags", tag);
    assertThat(describe(filter("tag-key", "a"))).isEmpty();
    Struct reserved =
        Struct.of().with("Resources", List.of(id)).with("Tags", List.of(tags("aws:x", "1")));
    refused("InvalidParameterValue", () -> call(ec2, "CreateTags", reserved));
  }

  @Test
  void aRuleOfGarbageIsRefused() {
    String id = group(ec2, "app");
    refused("InvalidParameterValue", () -> allow(ec2, id, fromRange(70_000, "10.0.0.0/8")));
    refused("InvalidParameterValue", () -> allow(ec2, id, fromRange(80, "10.0.0.0")));
    refused("InvalidParameterValue", () -> allow(ec2, id, Struct.of().with("IpProtocol", "tcp")));
    refused("InvalidGroup.NotFound", () -> allow(ec2, id, fromGroup(80, "sg-0123456789abcdef0")));
    refused(
        "UnsupportedOperation",
        () -> allow(ec2, id, Ec2Fixture.permission(80, "PrefixListIds", "PrefixListId", "pl-1")));
  }
}
