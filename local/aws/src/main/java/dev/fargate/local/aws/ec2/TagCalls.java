package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CreateTags, DeleteTags and DescribeTags over every resource of this service. */
final class TagCalls {
  private final NetworkSeed seed;
  private final SecurityGroups groups;
  private final Interfaces interfaces;
  private final TagStore tags;

  TagCalls(NetworkSeed seed, SecurityGroups groups, Interfaces interfaces, TagStore tags) {
    this.seed = seed;
    this.groups = groups;
    this.interfaces = interfaces;
    this.tags = tags;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateTags", this::create, "DeleteTags", this::delete, "DescribeTags", this::describe);
  }

  private Struct create(Struct input) {
    Map<String, String> given = TagStore.parse(input.structs("Tags"));
    input.strings("Resources").forEach(this::requireResource);
    input.strings("Resources").forEach(id -> tags.put(id, given));
    return Struct.of();
  }

  private Struct delete(Struct input) {
    input.strings("Resources").forEach(this::requireResource);
    for (String id : input.strings("Resources")) {
      if (!input.has("Tags")) {
        tags.removeAll(id);
      }
      for (Struct tag : input.structs("Tags")) {
        tags.remove(id, tag.required("Key"), tag.string("Value").orElse(null));
      }
    }
    return Struct.of();
  }

  private record Row(String resourceId, String key, String value) {}

  private Struct describe(Struct input) {
    List<Row> all = new ArrayList<>();
    tags.all()
        .forEach((id, held) -> held.forEach((key, value) -> all.add(new Row(id, key, value))));
    List<Row> rows =
        new Filters<>(Row::resourceId, tags)
            .onOne("resource-id", Row::resourceId)
            .onOne("resource-type", row -> type(row.resourceId()))
            .onOne("key", Row::key)
            .onOne("value", Row::value)
            .select(input, all);
    return Page.of(
        input,
        "Tags",
        rows,
        row ->
            Struct.of()
                .with("ResourceId", row.resourceId())
                .with("ResourceType", type(row.resourceId()))
                .with("Key", row.key())
                .with("Value", row.value()));
  }

  private void requireResource(String id) {
    switch (type(id)) {
      case "security-group" -> groups.require(id);
      case "security-group-rule" ->
          require(groups.rule(id).isPresent(), "InvalidSecurityGroupRuleId.NotFound", id);
      case "vpc" ->
          require(
              seed.vpcs().stream().anyMatch(vpc -> vpc.id().equals(id)),
              "InvalidVpcID.NotFound",
              id);
      case "subnet" ->
          require(
              seed.subnets().stream().anyMatch(subnet -> subnet.id().equals(id)),
              "InvalidSubnetID.NotFound",
              id);
      case "network-interface" ->
          require(interfaces.find(id).isPresent(), "InvalidNetworkInterfaceID.NotFound", id);
      default -> throw new AwsException("InvalidID", "The ID '" + id + "' is not valid");
    }
  }

  private static void require(boolean exists, String code, String id) {
    if (!exists) {
      throw new AwsException(code, "The ID '" + id + "' does not exist");
    }
  }

  private static String type(String id) {
    String prefix = id.substring(0, Math.max(0, id.indexOf('-')));
    return switch (prefix) {
      case "sg" -> "security-group";
      case "sgr" -> "security-group-rule";
      case "vpc" -> "vpc";
      case "subnet" -> "subnet";
      case "eni" -> "network-interface";
      default -> "unknown";
    };
  }
}
