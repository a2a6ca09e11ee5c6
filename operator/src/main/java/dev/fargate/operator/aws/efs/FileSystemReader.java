package dev.fargate.operator.aws.efs;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;

/** The file systems with our owner tag; a narrow read sees whoever has a wanted token. */
public final class FileSystemReader implements Reader {
  /** AWS's page. */
  private static final int PAGE = 100;

  private final EfsClient efs;
  private final String ownerId;

  public FileSystemReader(EfsClient efs, String ownerId) {
    this.efs = efs;
    this.ownerId = ownerId;
  }

  @Override
  public Kind kind() {
    return Kind.FILE_SYSTEM;
  }

  @Override
  public Part sweep(Known known) {
    List<Seen> found = new ArrayList<>();
    efs.describeFileSystemsPaginator(request -> request.maxItems(PAGE)).fileSystems().stream()
        .filter(system -> !Lifecycles.isGone(system.lifeCycleState()))
        .map(FileSystemReader::seen)
        .filter(this::isOurs)
        .forEach(found::add);
    return new Part(this::isOurs, found);
  }

  private boolean isOurs(Seen seen) {
    return ownerId.equals(seen.tags().get(Ownership.OWNER_ID));
  }

  @Override
  public Part read(Need need) {
    Set<String> tokens = new TreeSet<>();
    need.wanted().forEach(wanted -> tokens.add(wanted.physicalName()));
    need.there().forEach(there -> tokens.add(there.actual().physicalName()));
    List<Seen> found = new ArrayList<>();
    for (String token : tokens) {
      efs
          .describeFileSystemsPaginator(request -> request.creationToken(token))
          .fileSystems()
          .stream()
          .filter(system -> !Lifecycles.isGone(system.lifeCycleState()))
          .map(FileSystemReader::seen)
          .forEach(found::add);
    }
    return new Part(seen -> tokens.contains(seen.actual().physicalName()), found);
  }

  private static Seen seen(FileSystemDescription system) {
    Map<String, String> tags = EfsTags.map(system.tags());
    return new Seen(
        system.fileSystemId(),
        new FileSystem(
            Seen.id(Kind.FILE_SYSTEM, tags),
            system.creationToken(),
            Boolean.TRUE.equals(system.encrypted()),
            system.kmsKeyId(),
            system.performanceModeAsString(),
            system.throughputModeAsString()),
        Map.of(Output.ID, system.fileSystemId(), Output.ARN, system.fileSystemArn()),
        tags,
        Lifecycles.of(system.lifeCycleState()),
        null,
        null);
  }
}
