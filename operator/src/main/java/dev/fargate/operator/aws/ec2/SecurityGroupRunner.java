package dev.fargate.operator.aws.ec2;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.SecurityGroup;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Security groups. A repeated create after a lost answer meets InvalidGroup.Duplicate: the group of
 * that name is then ours by its tags.
 */
public final class SecurityGroupRunner implements Runner {
  private static final String DUPLICATE = "InvalidGroup.Duplicate";
  private static final String NOT_FOUND = "InvalidGroup.NotFound";

  private final Ec2Client ec2;

  public SecurityGroupRunner(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  @Override
  public Kind kind() {
    return Kind.SECURITY_GROUP;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    SecurityGroup wanted = (SecurityGroup) desired;
    try {
      String id =
          ec2.createSecurityGroup(
                  request ->
                      request
                          .groupName(wanted.name())
                          .description(wanted.description())
                          .vpcId(wanted.vpcId())
                          .tagSpecifications(Ec2Tags.of(ResourceType.SECURITY_GROUP, tags)))
              .groupId();
      return outputs(id, wanted);
    } catch (Ec2Exception failure) {
      if (!DUPLICATE.equals(failure.awsErrorDetails().errorCode())) {
        throw failure;
      }
      return own(owner, wanted).map(id -> outputs(id, wanted)).orElseThrow(() -> failure);
    }
  }

  private static Map<Output, String> outputs(String id, SecurityGroup wanted) {
    return Map.of(Output.ID, id, Output.NAME, wanted.name());
  }

  private Optional<String> own(Owner owner, SecurityGroup wanted) {
    return ec2
        .describeSecurityGroupsPaginator(
            request ->
                request.filters(
                    Ec2Tags.filter("vpc-id", wanted.vpcId()),
                    Ec2Tags.filter("group-name", wanted.name())))
        .securityGroups()
        .stream()
        .filter(group -> Ownership.owns(owner, Ec2Tags.map(group.tags())))
        .map(group -> group.groupId())
        .findFirst();
  }

  /** Only tags: everything else is create-only. */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    Ec2Tags.write(ec2, action.observed().outputs().get(Output.ID), TagChanges.of(action));
    return action.observed().outputs();
  }

  /** DependencyViolation while a task's interface or another group's rule uses it. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      ec2.deleteSecurityGroup(request -> request.groupId(observed.outputs().get(Output.ID)));
    } catch (Ec2Exception failure) {
      if (!NOT_FOUND.equals(failure.awsErrorDetails().errorCode())) {
        throw failure;
      }
    }
  }
}
