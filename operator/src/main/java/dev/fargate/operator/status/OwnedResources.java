package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The list of what an object has in AWS. */
public final class OwnedResources {
  /** Keeps the status well under 64 KiB (API.md). */
  private static final int LIMIT = 60;

  private static final Comparator<ObservedResource> ORDER =
      Comparator.comparing((ObservedResource r) -> r.actual().id().kind())
          .thenComparing(r -> r.actual().id().name())
          .thenComparing(OwnedResources::identifier);

  private OwnedResources() {}

  /** Ours only, in a stable order; a task definition's past revisions are left out. */
  public static List<OwnedResource> of(Observed observed) {
    return of(observed.resources());
  }

  /** Likewise, of a list. */
  public static List<OwnedResource> of(List<ObservedResource> resources) {
    return resources.stream()
        .filter(resource -> resource.ownership() == Ownership.OURS)
        .filter(resource -> resource.actual().id().kind() != Kind.TASK_DEFINITION)
        .sorted(ORDER)
        .limit(LIMIT)
        .map(OwnedResources::entry)
        .toList();
  }

  /** Every one of ours, revisions too, however many. */
  public static List<OwnedResource> all(List<ObservedResource> resources) {
    return resources.stream()
        .filter(resource -> resource.ownership() == Ownership.OURS)
        .sorted(ORDER)
        .map(OwnedResources::entry)
        .toList();
  }

  /** What AWS addresses it by: the id for what EC2 and Cloud Map address by id, else the ARN. */
  private static String identifier(ObservedResource resource) {
    return switch (resource.actual().id().kind()) {
      case SECURITY_GROUP,
          SECURITY_GROUP_RULE,
          PRIVATE_DNS_NAMESPACE,
          FILE_SYSTEM,
          ACCESS_POINT,
          BACKUP_SELECTION,
          MOUNT_TARGET ->
          resource.outputs().getOrDefault(Output.ID, "");
      default -> resource.outputs().getOrDefault(Output.ARN, resource.actual().physicalName());
    };
  }

  private static OwnedResource entry(ObservedResource resource) {
    OwnedResource entry = new OwnedResource();
    entry.kind = resource.actual().id().kind().label();
    entry.arn = identifier(resource);
    String state = resource.lifecycle().name();
    entry.state = state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT);
    return entry;
  }
}
