package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;

/** AddTags, RemoveTags and DescribeTags. */
final class TagCalls {
  private static final int MAX_ARNS = 20;

  private final Inventory inventory;

  TagCalls(Inventory inventory) {
    this.inventory = inventory;
  }

  Map<String, Operation> operations() {
    return Map.of("AddTags", this::add, "RemoveTags", this::remove, "DescribeTags", this::describe);
  }

  private List<String> arns(Struct input) {
    List<String> arns = input.strings("ResourceArns");
    if (arns.size() > MAX_ARNS) {
      throw ElbErrors.validation(
          "1 validation error detected: Value at 'resourceArns' failed to satisfy constraint:"
              + " Member must have length less than or equal to "
              + MAX_ARNS);
    }
    arns.forEach(inventory::requireTaggable);
    return arns;
  }

  private Struct add(Struct input, Caller caller) {
    Map<String, String> given = Tags.parse(input);
    arns(input).forEach(arn -> inventory.tags.put(arn, given));
    return Struct.of();
  }

  private Struct remove(Struct input, Caller caller) {
    arns(input).forEach(arn -> inventory.tags.remove(arn, input.strings("TagKeys")));
    return Struct.of();
  }

  private Struct describe(Struct input, Caller caller) {
    List<Struct> rows =
        arns(input).stream()
            .map(
                arn ->
                    Struct.of().with("ResourceArn", arn).with("Tags", inventory.tags.structs(arn)))
            .toList();
    return Struct.of().with("TagDescriptions", rows);
  }
}
