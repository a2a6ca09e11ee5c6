package dev.fargate.operator.plan;

import dev.fargate.operator.plan.diff.Changes;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tags a resource must carry, which of them it lacks, and which have left the spec. A tag that
 * somebody else has set is never touched.
 */
final class RequiredTags {
  /** Compared as fields of the service, and written together with them. */
  private static final Set<String> NOT_COMPARED =
      Set.of(Ownership.RESTARTED_AT, Ownership.ATTEMPT, Ownership.CONTENT_HASH);

  /** Owned through what they belong to (decision 4). */
  private static final Set<Kind> UNTAGGABLE =
      Set.of(Kind.SCALING_POLICY, Kind.MOUNT_TARGET, Kind.BACKUP_SELECTION, Kind.PUBLIC_NAME);

  private static final int ATTEMPT_DIGITS = 16;

  private RequiredTags() {}

  /**
   * @param wanted as in the stack, references not resolved
   * @param contentHash of the stack's task definition; empty when there is none or not known yet
   */
  static SortedMap<String, String> of(Stack stack, Resource wanted, String contentHash) {
    if (UNTAGGABLE.contains(wanted.id().kind())) {
      return new TreeMap<>();
    }
    SortedMap<String, String> tags = Ownership.tags(stack, wanted);
    if (wanted instanceof LogGroup group) {
      tags.put(Ownership.KEEP_ON_DELETE, String.valueOf(group.keepOnDelete()));
    } else if (wanted instanceof Service service) {
      tags.put(Ownership.ATTEMPT, attempt(service, contentHash));
      if (service.restartToken() != null) {
        tags.put(Ownership.RESTARTED_AT, service.restartToken());
      }
    }
    return tags;
  }

  /**
   * What is lacking or outdated; nothing where no tags were read: such a thing is owned through its
   * parent.
   */
  static List<FieldChange> changes(Map<String, String> actual, Map<String, String> required) {
    if (!actual.containsKey(Ownership.OWNER_ID)) {
      return List.of();
    }
    Map<String, String> compared = new TreeMap<>(required);
    compared.keySet().removeAll(NOT_COMPARED);
    Changes changes = new Changes();
    lacking(actual, compared).forEach(changes::add);
    Ownership.outdated(actual, required)
        .forEach(key -> changes.field("tags." + key, actual.get(key), null, Effect.IN_PLACE));
    return changes.list();
  }

  /** What is lacking or has another value. */
  static List<FieldChange> lacking(Map<String, String> actual, Map<String, String> required) {
    return new Changes().wantedKeys("tags", actual, required, Effect.IN_PLACE).list();
  }

  /** Identifies what a deployment asks for. */
  static String attempt(Service wanted, String contentHash) {
    String asked =
        contentHash
            + "\n"
            + wanted.network()
            + "\n"
            + wanted.loadBalancers()
            + "\n"
            + wanted.registries()
            + "\n"
            + wanted.platformVersion();
    return Names.sha256(asked).substring(0, ATTEMPT_DIGITS);
  }
}
