package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Security groups as clients make, read and delete them. */
final class SecurityGroupCalls {
  private static final Pattern TEXT = Pattern.compile("[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]+");
  private static final int MAX_TEXT = 255;

  private final NetworkSeed seed;
  private final SecurityGroups groups;
  private final Interfaces interfaces;
  private final TagStore tags;
  private final Filters<SecurityGroups.Group> filters;

  SecurityGroupCalls(
      NetworkSeed seed, SecurityGroups groups, Interfaces interfaces, TagStore tags) {
    this.seed = seed;
    this.groups = groups;
    this.interfaces = interfaces;
    this.tags = tags;
    this.filters =
        new Filters<>(SecurityGroups.Group::id, tags)
            .onOne("group-id", SecurityGroups.Group::id)
            .onOne("group-name", SecurityGroups.Group::name)
            .onOne("vpc-id", SecurityGroups.Group::vpcId)
            .onOne("description", SecurityGroups.Group::description)
            .onOne("owner-id", group -> seed.accountId());
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateSecurityGroup", this::create,
        "DescribeSecurityGroups", this::describe,
        "DeleteSecurityGroup", this::delete);
  }

  private Struct create(Struct input) {
    String name = text(input, "GroupName");
    String description = text(input, "Description");
    if (name.startsWith("sg-")) {
      throw new AwsException(
          "InvalidParameterValue",
          "Value (" + name + ") for parameter GroupName is invalid. It must not start with 'sg-'.");
    }
    String vpcId = input.string("VpcId").orElseGet(this::defaultVpc);
    requireVpc(vpcId);
    Map<String, String> given = TagStore.specified(input, "security-group");
    SecurityGroups.Group group = groups.create(vpcId, name, description);
    tags.put(group.id(), given);
    return Struct.of()
        .with("GroupId", group.id())
        .with("Tags", given.isEmpty() ? null : tags.structs(group.id()))
        .with("SecurityGroupArn", arn(group));
  }

  private Struct describe(Struct input) {
    input.strings("GroupIds").forEach(groups::require);
    List<String> ids = input.strings("GroupIds");
    List<String> names = input.strings("GroupNames");
    List<SecurityGroups.Group> rows =
        filters.select(input, groups.all()).stream()
            .filter(group -> ids.isEmpty() || ids.contains(group.id()))
            .filter(group -> names.isEmpty() || names.contains(group.name()))
            .toList();
    return Page.of(input, "SecurityGroups", rows, this::render);
  }

  private Struct delete(Struct input) {
    String id = groupId(input);
    SecurityGroups.Group group = groups.require(id);
    if (group.isDefault()) {
      throw new AwsException(
          "CannotDelete",
          "the specified group: \"" + id + "\" name: \"default\" cannot be deleted by a user");
    }
    boolean referenced =
        groups.rules().stream().anyMatch(rule -> !rule.groupId().equals(id) && rule.refersTo(id));
    if (interfaces.uses(id) || referenced) {
      throw new AwsException("DependencyViolation", "resource " + id + " has a dependent object");
    }
    groups.rules().stream()
        .filter(rule -> rule.groupId().equals(id))
        .forEach(rule -> tags.removeAll(rule.id()));
    groups.remove(id);
    tags.removeAll(id);
    return Struct.of().with("Return", true).with("GroupId", id);
  }

  private Struct render(SecurityGroups.Group group) {
    List<Struct> held = tags.structs(group.id());
    return Struct.of()
        .with("OwnerId", seed.accountId())
        .with("GroupName", group.name())
        .with("Description", group.description())
        .with("GroupId", group.id())
        .with("VpcId", group.vpcId())
        .with("SecurityGroupArn", arn(group))
        .with("IpPermissions", permissions(group, false))
        .with("IpPermissionsEgress", permissions(group, true))
        .with("Tags", held.isEmpty() ? null : held);
  }

  private List<Struct> permissions(SecurityGroups.Group group, boolean egress) {
    return Permissions.render(groups.rulesOf(group.id(), egress), seed.accountId());
  }

  private String arn(SecurityGroups.Group group) {
    return "arn:aws:ec2:"
        + seed.region()
        + ":"
        + seed.accountId()
        + ":security-group/"
        + group.id();
  }

  /** Which group a call means; a name alone works in the default VPC only, as with AWS. */
  String groupId(Struct input) {
    Optional<String> id = input.string("GroupId");
    Optional<String> name = input.string("GroupName");
    if (id.isPresent()) {
      return id.get();
    }
    if (name.isEmpty()) {
      throw new AwsException(
          "MissingParameter", "The request must contain the parameter groupName or groupId");
    }
    String vpcId = defaultVpc();
    return groups.all().stream()
        .filter(group -> group.vpcId().equals(vpcId) && group.name().equals(name.get()))
        .map(SecurityGroups.Group::id)
        .findFirst()
        .orElseThrow(
            () ->
                new AwsException(
                    "InvalidGroup.NotFound",
                    "The security group '"
                        + name.get()
                        + "' does not exist in default VPC '"
                        + vpcId
                        + "'"));
  }

  private String defaultVpc() {
    return seed.vpcs().stream()
        .filter(NetworkSeed.Vpc::isDefault)
        .map(NetworkSeed.Vpc::id)
        .findFirst()
        .orElseThrow(
            () -> new AwsException("VPCIdNotSpecified", "No default VPC for this user; set VpcId"));
  }

  private void requireVpc(String vpcId) {
    if (seed.vpcs().stream().noneMatch(vpc -> vpc.id().equals(vpcId))) {
      throw new AwsException("InvalidVpcID.NotFound", "The vpc ID '" + vpcId + "' does not exist");
    }
  }

  private static String text(Struct input, String member) {
    String value = input.required(member);
    if (value.length() > MAX_TEXT || !TEXT.matcher(value).matches()) {
      throw new AwsException(
          "InvalidParameterValue",
          "Value ("
              + value
              + ") for parameter "
              + member
              + " is invalid. Character sets beyond ASCII are not supported;"
              + " up to 255 of a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$* are.");
    }
    return value;
  }
}
