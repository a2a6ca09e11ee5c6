package dev.fargate.operator.aws.efs;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.FileSystemAlreadyExistsException;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;

/** File systems; a repeated token names the one that exists, which is ours by its tags. */
public final class FileSystemRunner implements Runner {
  private final EfsClient efs;

  public FileSystemRunner(EfsClient efs) {
    this.efs = efs;
  }

  @Override
  public Kind kind() {
    return Kind.FILE_SYSTEM;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    FileSystem wanted = (FileSystem) desired;
    try {
      var made =
          efs.createFileSystem(
              request ->
                  request
                      .creationToken(wanted.name())
                      .encrypted(wanted.encrypted())
                      .kmsKeyId(wanted.kmsKeyId())
                      .performanceMode(wanted.performanceMode())
                      .throughputMode(wanted.throughputMode())
                      .tags(EfsTags.of(tags)));
      return outputs(made.fileSystemId(), made.fileSystemArn());
    } catch (FileSystemAlreadyExistsException exists) {
      FileSystemDescription there =
          efs
              .describeFileSystemsPaginator(request -> request.creationToken(wanted.name()))
              .fileSystems()
              .stream()
              .filter(system -> Ownership.owns(owner, EfsTags.map(system.tags())))
              .findFirst()
              .orElseThrow(() -> exists);
      return outputs(there.fileSystemId(), there.fileSystemArn());
    }
  }

  private static Map<Output, String> outputs(String id, String arn) {
    return Map.of(Output.ID, id, Output.ARN, arn);
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    String id = action.observed().outputs().get(Output.ID);
    if (action.touches("throughputMode")) {
      String mode = ((FileSystem) desired).throughputMode();
      efs.updateFileSystem(request -> request.fileSystemId(id).throughputMode(mode));
    }
    EfsTags.write(efs, id, TagChanges.of(action));
    return action.observed().outputs();
  }

  /** FileSystemInUse until the last mount target is gone. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      efs.deleteFileSystem(request -> request.fileSystemId(observed.outputs().get(Output.ID)));
    } catch (FileSystemNotFoundException gone) {
      // What was to be reached.
    }
  }
}
