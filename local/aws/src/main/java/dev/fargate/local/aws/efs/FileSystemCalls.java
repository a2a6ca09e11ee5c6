package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Making, changing, describing and deleting file systems. */
final class FileSystemCalls {
  private static final int PAGE = 100;

  /** What would need more than this endpoint has; nothing is silently accepted. */
  private static final List<String> UNSUPPORTED =
      List.of("AvailabilityZoneName", "Backup", "ProvisionedThroughputInMibps");

  private static final Set<String> THROUGHPUT_MODES = Set.of("bursting", "elastic");

  private static final Paging PAGES =
      // The marker of the answer is NextMarker; the request names it Marker.
      new Paging("Marker", "MaxItems", PAGE, Integer.MAX_VALUE, EfsErrors::bad);

  private final EfsState state;
  private final Scheduler scheduler;
  private final Timing timing;
  private final Folders folders;

  FileSystemCalls(EfsState state, Scheduler scheduler, Timing timing, Folders folders) {
    this.state = state;
    this.scheduler = scheduler;
    this.timing = timing;
    this.folders = folders;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateFileSystem", this::create,
        "DescribeFileSystems", this::describe,
        "UpdateFileSystem", this::update,
        "DeleteFileSystem", (input, caller) -> delete(input));
  }

  private Struct create(Struct input, Caller caller) {
    for (FileSystem other : state.fileSystems.values()) {
      if (other.creationToken.equals(input.required("CreationToken"))) {
        throw EfsErrors.exists("FileSystemAlreadyExists", "File system", "FileSystemId", other.id);
      }
    }
    checkSupported(input);
    boolean encrypted = input.bool("Encrypted").orElse(false);
    if (input.has("KmsKeyId") && !encrypted) {
      throw EfsErrors.bad("Encrypted must be true when a KmsKeyId is given.");
    }
    if (input.string("PerformanceMode").orElse("").equals("maxIO")
        && input.string("ThroughputMode").orElse("").equals("elastic")) {
      throw EfsErrors.bad("Elastic throughput is not supported with performance mode maxIO.");
    }
    FileSystem made =
        new FileSystem(
            state.nextId("fs-"), input, encrypted ? key(input, caller) : null, scheduler.now());
    Tags.put(made.tags, input.structs("Tags"));
    state.fileSystems.put(made.id, made);
    scheduler.after(
        timing.fileSystem(),
        "make file system " + made.id,
        () -> made.state = made.isLeaving() ? made.state : "available");
    return description(made, caller);
  }

  private static String key(Struct input, Caller caller) {
    String key = input.string("KmsKeyId").orElse("alias/aws/elasticfilesystem");
    return key.startsWith("arn:")
        ? key
        : "arn:aws:kms:"
            + caller.region()
            + ":"
            + caller.accountId()
            + (key.startsWith("alias/") ? ":" : ":key/")
            + key;
  }

  private static void checkSupported(Struct input) {
    for (String member : UNSUPPORTED) {
      if (input.has(member) && !Boolean.FALSE.equals(input.get(member))) {
        throw EfsErrors.bad(member + " is not supported by the local endpoint; leave it out.");
      }
    }
    input
        .string("ThroughputMode")
        .filter(mode -> !THROUGHPUT_MODES.contains(mode))
        .ifPresent(
            mode -> {
              throw EfsErrors.bad(
                  "ThroughputMode "
                      + mode
                      + " is not supported by the local endpoint; use one of "
                      + THROUGHPUT_MODES
                      + ".");
            });
  }

  private Struct describe(Struct input, Caller caller) {
    List<FileSystem> found =
        input
            .string("FileSystemId")
            .map(id -> List.of(state.fileSystem(id)))
            .orElseGet(() -> List.copyOf(state.fileSystems.values()))
            .stream()
            .filter(
                system ->
                    input.string("CreationToken").map(system.creationToken::equals).orElse(true))
            .toList();
    List<FileSystem> page = PAGES.slice(input, found, system -> system.id);
    Struct marker = Struct.of();
    PAGES.nextToken(found, page, system -> system.id, marker);
    return Struct.of()
        .with("Marker", input.get("Marker"))
        .with("FileSystems", page.stream().map(system -> description(system, caller)).toList())
        .with("NextMarker", marker.get("Marker"));
  }

  private Struct update(Struct input, Caller caller) {
    FileSystem system = state.fileSystem(input.required("FileSystemId"));
    checkSupported(input);
    if (!system.isAvailable()) {
      throw EfsErrors.conflict(
          "IncorrectFileSystemLifeCycleState",
          "File system '" + system.id + "' is in state " + system.state + ".");
    }
    input.string("ThroughputMode").ifPresent(mode -> system.throughputMode = mode);
    return description(system, caller);
  }

  private Struct delete(Struct input) {
    FileSystem system = state.fileSystem(input.required("FileSystemId"));
    if (!state.mountTargetsOf(system).isEmpty()) {
      throw EfsErrors.conflict(
          "FileSystemInUse", "File system '" + system.id + "' has mount targets.");
    }
    if (!system.isLeaving()) {
      system.state = "deleting";
      scheduler.after(timing.fileSystem(), "delete file system " + system.id, () -> gone(system));
    }
    return Struct.of();
  }

  private void gone(FileSystem system) {
    state.fileSystems.remove(system.id);
    state.accessPoints.values().removeIf(point -> point.fileSystem == system);
    folders.delete(system.id);
  }

  private Struct description(FileSystem system, Caller caller) {
    return Struct.of()
        .with("OwnerId", caller.accountId())
        .with("CreationToken", system.creationToken)
        .with("FileSystemId", system.id)
        .with(
            "FileSystemArn",
            "arn:aws:elasticfilesystem:"
                + caller.region()
                + ":"
                + caller.accountId()
                + ":file-system/"
                + system.id)
        .with("CreationTime", system.createdAt)
        .with("LifeCycleState", system.state)
        .with("Name", system.tags.get("Name"))
        .with("NumberOfMountTargets", state.mountTargetsOf(system).size())
        .with(
            "SizeInBytes",
            Struct.of().with("Value", folders.bytes(system.id)).with("Timestamp", scheduler.now()))
        .with("PerformanceMode", system.performanceMode)
        .with("Encrypted", system.encrypted)
        .with("KmsKeyId", system.kmsKeyId)
        .with("ThroughputMode", system.throughputMode)
        .with("Tags", Tags.list(system.tags))
        .with(
            "FileSystemProtection", Struct.of().with("ReplicationOverwriteProtection", "ENABLED"));
  }
}
