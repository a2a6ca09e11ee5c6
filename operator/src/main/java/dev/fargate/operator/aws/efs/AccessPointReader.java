package dev.fargate.operator.aws.efs;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.efs.model.PosixUser;

/**
 * The access points with our owner tag, each with the restore that goes on in it; a narrow read
 * sees all of a file system.
 */
public final class AccessPointReader implements Reader {
  /** AWS's default page, and its largest that is documented. */
  private static final int PAGE = 100;

  /** What AWS tells where an access point sets none. */
  private static final long NOBODY = -1;

  private final EfsClient efs;
  private final String ownerId;
  private final Restores restores;

  public AccessPointReader(EfsClient efs, String ownerId, Restores restores) {
    this.efs = efs;
    this.restores = restores;
    this.ownerId = ownerId;
  }

  @Override
  public Kind kind() {
    return Kind.ACCESS_POINT;
  }

  @Override
  public Part sweep(Known known) {
    return new Part(this::isOurs, describe(null).stream().filter(this::isOurs).toList());
  }

  private boolean isOurs(Seen seen) {
    return ownerId.equals(seen.tags().get(Ownership.OWNER_ID));
  }

  @Override
  public Part read(Need need) {
    Set<String> fileSystems = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((AccessPoint) wanted).fileSystemId() instanceof Value.Known id) {
                fileSystems.add(id.value());
              }
            });
    need.there()
        .forEach(
            there -> fileSystems.add(((AccessPoint) there.actual()).fileSystemId().toString()));
    List<Seen> found = new ArrayList<>();
    for (String fileSystem : fileSystems) {
      try {
        found.addAll(describe(fileSystem));
      } catch (FileSystemNotFoundException gone) {
        // Its access points are gone with it.
      }
    }
    return new Part(
        seen -> fileSystems.contains(((AccessPoint) seen.actual()).fileSystemId().toString()),
        found);
  }

  /**
   * @param fileSystemId null for all
   */
  private List<Seen> describe(String fileSystemId) {
    List<Seen> found = new ArrayList<>();
    efs
        .describeAccessPointsPaginator(
            request -> request.maxResults(PAGE).fileSystemId(fileSystemId))
        .accessPoints()
        .stream()
        .filter(point -> !Lifecycles.isGone(point.lifeCycleState()))
        .forEach(point -> found.add(seen(point)));
    return found;
  }

  private Seen seen(AccessPointDescription point) {
    Map<String, String> tags = EfsTags.map(point.tags());
    PosixUser user = point.posixUser();
    var root = point.rootDirectory();
    var creation = root == null ? null : root.creationInfo();
    return new Seen(
        point.accessPointId(),
        new AccessPoint(
            Seen.id(Kind.ACCESS_POINT, tags),
            point.clientToken(),
            Value.known(point.fileSystemId()),
            root == null ? "/" : root.path(),
            user == null ? NOBODY : user.uid(),
            user == null ? NOBODY : user.gid(),
            creation == null ? "" : creation.permissions(),
            ownerId.equals(tags.get(Ownership.OWNER_ID)) ? restores.of(tags) : null),
        Map.of(Output.ID, point.accessPointId(), Output.ARN, point.accessPointArn()),
        tags,
        Lifecycles.of(point.lifeCycleState()),
        null,
        null);
  }
}
