package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.wire.AwsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that EFS holds. */
final class EfsState {
  /** An odd multiplier spreads consecutive numbers over all digits without ever repeating. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  final Map<String, FileSystem> fileSystems = new LinkedHashMap<>();
  final Map<String, MountTarget> mountTargets = new LinkedHashMap<>();
  final Map<String, AccessPoint> accessPoints = new LinkedHashMap<>();
  private long count;

  /**
   * @param prefix for example {@code fs-}
   */
  String nextId(String prefix) {
    count++;
    return prefix + "0" + String.format("%016x", count * SPREAD);
  }

  /** Ids may be given as ARNs. */
  FileSystem fileSystem(String idOrArn) {
    String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
    return Optional.ofNullable(fileSystems.get(id)).orElseThrow(() -> EfsErrors.noFileSystem(id));
  }

  MountTarget mountTarget(String id) {
    return Optional.ofNullable(mountTargets.get(id)).orElseThrow(() -> EfsErrors.noMountTarget(id));
  }

  AccessPoint accessPoint(String idOrArn) {
    String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
    return Optional.ofNullable(accessPoints.get(id)).orElseThrow(() -> EfsErrors.noAccessPoint(id));
  }

  List<MountTarget> mountTargetsOf(FileSystem fileSystem) {
    return mountTargets.values().stream()
        .filter(target -> target.fileSystem == fileSystem)
        .toList();
  }

  /**
   * The tags of what an id or ARN names.
   *
   * @throws AwsException when nothing that has tags is named
   */
  Map<String, String> tags(String idOrArn) {
    String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
    return id.startsWith("fsap-") ? accessPoint(id).tags : fileSystem(id).tags;
  }
}
