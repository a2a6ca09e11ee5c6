package dev.fargate.operator.aws.efs;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Value;
import dev.fargate.operator.stack.build.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.efs.model.MountTargetDescription;
import software.amazon.awssdk.services.efs.model.MountTargetNotFoundException;

/**
 * The mount targets of the file systems that our databases use. AWS tells them one file system at a
 * time, and their groups one at a time; they hardly ever change, so what was read is kept for a
 * while, and in each sweep the oldest is read anew.
 *
 * <p>AWS cannot tag them. One is ours when its file system is, or, where others own that, when it
 * stands in a storage group of ours.
 */
public final class MountTargetReader implements Reader {
  /** As long as tags are believed. */
  private static final Duration AGE = Duration.ofMinutes(30);

  /** File systems read anew per sweep, so that in a small account drift is seen in a minute. */
  private static final int REFRESHED_PER_SWEEP = 2;

  private final EfsClient efs;
  private final String ownerId;
  private final Clock clock;
  private final Map<String, Entry> entries = new HashMap<>();

  private record Entry(List<Found> found, Instant read) {
    boolean settled() {
      return found.stream().allMatch(each -> each.lifecycle() == Lifecycle.ACTIVE);
    }
  }

  private record Found(MountTargetDescription target, List<String> groups) {
    Lifecycle lifecycle() {
      return Lifecycles.of(target.lifeCycleState());
    }
  }

  public MountTargetReader(EfsClient efs, String ownerId, Clock clock) {
    this.efs = efs;
    this.ownerId = ownerId;
    this.clock = clock;
  }

  @Override
  public Kind kind() {
    return Kind.MOUNT_TARGET;
  }

  @Override
  public synchronized Part sweep(Known known) {
    Set<String> used = new TreeSet<>();
    known.of(Kind.FILE_SYSTEM).stream()
        .filter(seen -> seen.ownerReference(ownerId) != null)
        .forEach(seen -> used.add(seen.key()));
    known.of(Kind.ACCESS_POINT).stream()
        .filter(seen -> seen.ownerReference(ownerId) != null)
        .forEach(seen -> used.add(((AccessPoint) seen.actual()).fileSystemId().toString()));
    entries.keySet().retainAll(used);
    Instant old = clock.instant().minus(AGE);
    entries.values().removeIf(entry -> !entry.settled() || entry.read().isBefore(old));
    entries.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().read()))
        .limit(REFRESHED_PER_SWEEP)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(entries::remove);
    return Part.all(of(used, known));
  }

  @Override
  public synchronized Part read(Need need) {
    Set<String> fileSystems = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((MountTarget) wanted).fileSystemId() instanceof Value.Known id) {
                fileSystems.add(id.value());
              }
            });
    need.there()
        .forEach(
            there -> fileSystems.add(((MountTarget) there.actual()).fileSystemId().toString()));
    entries.keySet().removeAll(fileSystems);
    return new Part(
        seen -> fileSystems.contains(((MountTarget) seen.actual()).fileSystemId().toString()),
        of(fileSystems, need.known()));
  }

  @Override
  public synchronized void forget(String key) {
    entries
        .values()
        .removeIf(
            entry -> entry.found().stream().anyMatch(f -> f.target().mountTargetId().equals(key)));
  }

  private List<Seen> of(Set<String> fileSystems, Known known) {
    List<Seen> seen = new ArrayList<>();
    for (String fileSystem : fileSystems) {
      entries
          .computeIfAbsent(fileSystem, id -> new Entry(describe(id), clock.instant()))
          .found()
          .forEach(found -> seen.add(seen(found, known)));
    }
    return seen;
  }

  private List<Found> describe(String fileSystemId) {
    List<Found> found = new ArrayList<>();
    try {
      efs
          .describeMountTargetsPaginator(request -> request.fileSystemId(fileSystemId))
          .mountTargets()
          .stream()
          .filter(target -> !Lifecycles.isGone(target.lifeCycleState()))
          .forEach(target -> found.add(new Found(target, groups(target))));
    } catch (FileSystemNotFoundException gone) {
      // It had to be without any.
    }
    return found;
  }

  private List<String> groups(MountTargetDescription target) {
    try {
      return efs.describeMountTargetSecurityGroups(
              request -> request.mountTargetId(target.mountTargetId()))
          .securityGroups();
    } catch (MountTargetNotFoundException gone) {
      return List.of();
    }
  }

  private Seen seen(Found found, Known known) {
    MountTargetDescription target = found.target();
    ResourceId id = Ids.mountTarget(target.availabilityZoneName());
    Map<String, String> tags = tags(found, id, known);
    return new Seen(
        target.mountTargetId(),
        new MountTarget(
            tags.isEmpty() ? Seen.id(Kind.MOUNT_TARGET, tags) : id,
            Value.known(target.fileSystemId()),
            target.availabilityZoneName(),
            target.subnetId(),
            found.groups().stream().sorted().map(Value::known).toList()),
        Map.of(Output.ID, target.mountTargetId()),
        tags,
        found.lifecycle(),
        null,
        null);
  }

  private Map<String, String> tags(Found found, ResourceId id, Known known) {
    Stream<Seen> fileSystem =
        known.of(Kind.FILE_SYSTEM).stream()
            .filter(seen -> seen.key().equals(found.target().fileSystemId()));
    Stream<Seen> storageGroup =
        known.of(Kind.SECURITY_GROUP).stream()
            .filter(seen -> found.groups().contains(seen.key()))
            .filter(seen -> seen.actual().id().equals(Ids.STORAGE_GROUP));
    return Stream.concat(fileSystem, storageGroup)
        .map(seen -> seen.ownerReference(ownerId))
        .filter(reference -> reference != null)
        .findFirst()
        .map(reference -> Seen.ownershipTags(Owner.parse(ownerId, reference), id))
        .orElse(Map.of());
  }
}
