package dev.fargate.operator.plan.diff;

import dev.fargate.operator.stack.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** All differs; a new kind is one more line. */
public final class Differs {
  private static final List<Differ<?>> ALL =
      List.of(
          new ClusterDiffer(),
          new PrivateDnsNamespaceDiffer(),
          new SecurityGroupDiffer(),
          new SecurityGroupRuleDiffer(),
          new LoadBalancerDiffer(),
          new ListenerDiffer(),
          new TargetGroupDiffer(),
          new ListenerRuleDiffer(),
          new LogGroupDiffer(),
          new SecretDiffer(),
          new FileSystemDiffer(),
          new AccessPointDiffer(),
          new MountTargetDiffer(),
          new BackupVaultDiffer(),
          new BackupPlanDiffer(),
          new BackupSelectionDiffer(),
          new DiscoveryServiceDiffer(),
          new TaskDefinitionDiffer(),
          new ServiceDiffer(),
          new ScalableTargetDiffer(),
          new ScalingPolicyDiffer(),
          new MetricAlarmDiffer(),
          new PublicNameDiffer());

  /** Every validation of an app asks. */
  private static final SortedSet<String> IGNORABLE = allIgnorable();

  private Differs() {}

  /**
   * What has to change. Both are of the same kind.
   *
   * @throws IllegalArgumentException when they are not
   */
  public static List<FieldChange> changes(Resource actual, Resource wanted) {
    if (actual.getClass() != wanted.getClass()) {
      throw new IllegalArgumentException(actual.id() + " is not of the kind of " + wanted.id());
    }
    for (Differ<?> differ : ALL) {
      if (differ.type().isInstance(wanted)) {
        return changes(differ, actual, wanted);
      }
    }
    throw new IllegalArgumentException("no differ for " + wanted.id());
  }

  /** All that {@code spec.ignore} may name, as {@code Kind.property}, sorted. */
  public static Set<String> ignorable() {
    return IGNORABLE;
  }

  private static SortedSet<String> allIgnorable() {
    SortedSet<String> names = new TreeSet<>();
    ALL.forEach(
        differ ->
            differ
                .ignorable()
                .forEach(field -> names.add(differ.type().getSimpleName() + "." + field)));
    return Collections.unmodifiableSortedSet(names);
  }

  /** Whether both are the same thing to AWS, though perhaps with other settings. */
  public static boolean same(Resource actual, Resource wanted) {
    return actual.getClass() == wanted.getClass()
        && changes(actual, wanted).stream()
            .noneMatch(change -> change.effect() == FieldChange.Effect.REPLACE);
  }

  private static <R extends Resource> List<FieldChange> changes(
      Differ<R> differ, Resource actual, Resource wanted) {
    Changes changes = new Changes();
    differ.compare(differ.type().cast(actual), differ.type().cast(wanted), changes);
    return changes.list();
  }
}
