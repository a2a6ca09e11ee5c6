package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;

/** Making, describing and deleting access points. */
final class AccessPointCalls {
  private static final int PAGE = 100;

  /** How deep a directory may lie (AWS's documentation of RootDirectory). */
  private static final int MAX_DEPTH = 4;

  private static final Paging PAGES =
      new Paging("NextToken", "MaxResults", PAGE, Integer.MAX_VALUE, EfsErrors::bad);

  private final EfsState state;
  private final Scheduler scheduler;
  private final Timing timing;

  AccessPointCalls(EfsState state, Scheduler scheduler, Timing timing) {
    this.state = state;
    this.scheduler = scheduler;
    this.timing = timing;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateAccessPoint", this::create,
        "DescribeAccessPoints", this::describe,
        "DeleteAccessPoint", (input, caller) -> delete(input));
  }

  private Struct create(Struct input, Caller caller) {
    for (AccessPoint other : state.accessPoints.values()) {
      if (other.clientToken.equals(input.required("ClientToken"))) {
        throw EfsErrors.exists(
            "AccessPointAlreadyExists", "Access point", "AccessPointId", other.id);
      }
    }
    FileSystem system = state.fileSystem(input.required("FileSystemId"));
    if (!system.isAvailable()) {
      throw EfsErrors.conflict(
          "IncorrectFileSystemLifeCycleState",
          "File system '" + system.id + "' is in state " + system.state + ", not available.");
    }
    AccessPoint made = new AccessPoint(state.nextId("fsap-"), system, input);
    check(made);
    Tags.put(made.tags, input.structs("Tags"));
    state.accessPoints.put(made.id, made);
    scheduler.after(
        timing.accessPoint(),
        "make access point " + made.id,
        () -> made.state = made.state.equals("creating") ? "available" : made.state);
    return description(made, caller);
  }

  private static void check(AccessPoint point) {
    String directory = point.directory();
    if (!directory.startsWith("/") || directory.contains("//") || directory.contains("..")) {
      throw EfsErrors.bad("Path must be an absolute path without empty parts: " + directory);
    }
    if (directory.chars().filter(c -> c == '/').count() > MAX_DEPTH) {
      throw EfsErrors.bad("Path has more than " + MAX_DEPTH + " subdirectories: " + directory);
    }
    if (!directory.equals("/") && !point.rootDirectory.has("CreationInfo")) {
      // AWS takes it, and every mount fails unless the directory happens to exist.
      throw EfsErrors.bad(
          "a RootDirectory without CreationInfo is not supported by the local endpoint; give it.");
    }
  }

  private Struct describe(Struct input, Caller caller) {
    if (input.has("AccessPointId") && input.has("FileSystemId")) {
      throw EfsErrors.bad("give FileSystemId or AccessPointId, not both");
    }
    List<AccessPoint> found;
    if (input.has("AccessPointId")) {
      found = List.of(state.accessPoint(input.required("AccessPointId")));
    } else if (input.has("FileSystemId")) {
      FileSystem system = state.fileSystem(input.required("FileSystemId"));
      found = state.accessPoints.values().stream().filter(p -> p.fileSystem == system).toList();
    } else {
      found = List.copyOf(state.accessPoints.values());
    }
    List<AccessPoint> page = PAGES.slice(input, found, point -> point.id);
    Struct answer =
        Struct.of()
            .with("AccessPoints", page.stream().map(point -> description(point, caller)).toList());
    PAGES.nextToken(found, page, point -> point.id, answer);
    return answer;
  }

  private Struct delete(Struct input) {
    AccessPoint point = state.accessPoint(input.required("AccessPointId"));
    if (!point.state.equals("deleting")) {
      point.state = "deleting";
      scheduler.after(
          timing.accessPoint(),
          "delete access point " + point.id,
          () -> state.accessPoints.remove(point.id));
    }
    return Struct.of();
  }

  private static Struct description(AccessPoint point, Caller caller) {
    return Struct.of()
        .with("ClientToken", point.clientToken)
        .with("Name", point.tags.get("Name"))
        .with("Tags", Tags.list(point.tags))
        .with("AccessPointId", point.id)
        .with(
            "AccessPointArn",
            "arn:aws:elasticfilesystem:"
                + caller.region()
                + ":"
                + caller.accountId()
                + ":access-point/"
                + point.id)
        .with("FileSystemId", point.fileSystem.id)
        .with("PosixUser", point.posixUser)
        .with("RootDirectory", point.rootDirectory)
        .with("OwnerId", caller.accountId())
        .with("LifeCycleState", point.state);
  }
}
