package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the volumes of a task definition and who mounts them: EFS only (AWS-FACTS 9). */
final class VolumeRules {
  private static final List<String> UNSUPPORTED =
      List.of(
          "host",
          "dockerVolumeConfiguration",
          "fsxWindowsFileServerVolumeConfiguration",
          "configuredAtLaunch");

  private VolumeRules() {}

  /** The volumes as DescribeTaskDefinition shows them. */
  static List<Struct> checked(Struct request, List<Struct> containers) {
    List<Struct> volumes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Struct volume : request.structs("volumes")) {
      String name = volume.string("name").orElse("");
      if (name.isEmpty() || !names.add(name)) {
        throw EcsError.client("Volume names must be given and unique: '" + name + "'.");
      }
      volumes.add(checked(volume, name));
    }
    for (Struct container : containers) {
      checkMounts(container, names);
    }
    return volumes;
  }

  private static Struct checked(Struct volume, String name) {
    for (String field : UNSUPPORTED) {
      if (volume.has(field) && !Boolean.FALSE.equals(volume.get(field))) {
        throw EcsError.unsupported("volumes." + field, "use efsVolumeConfiguration.");
      }
    }
    Struct efs =
        volume
            .struct("efsVolumeConfiguration")
            .orElseThrow(
                () ->
                    EcsError.unsupported(
                        "volumes of the task's own disk (" + name + ")",
                        "use efsVolumeConfiguration."));
    Struct authorization = efs.struct("authorizationConfig").orElse(Struct.of());
    boolean encrypted = efs.string("transitEncryption").orElse("DISABLED").equals("ENABLED");
    String root = efs.string("rootDirectory").orElse("/");
    if (!root.startsWith("/") || root.indexOf('\0') >= 0) {
      throw EcsError.client("EFS rootDirectory must be an absolute path: '" + root + "'.");
    }
    if (authorization.has("accessPointId") && !root.equals("/")) {
      throw EcsError.client(
          "When an EFS access point is specified, the root directory must be omitted or '/'.");
    }
    boolean iam = authorization.string("iam").orElse("DISABLED").equals("ENABLED");
    if (!encrypted && (iam || authorization.has("accessPointId"))) {
      throw EcsError.client(
          "Transit encryption must be enabled when an EFS access point or IAM is used.");
    }
    if (iam) {
      throw EcsError.unsupported("efsVolumeConfiguration.authorizationConfig.iam", "leave it out.");
    }
    return volume.copy().with("efsVolumeConfiguration", efs.copy().with("rootDirectory", root));
  }

  private static void checkMounts(Struct container, Set<String> volumes) {
    Set<String> paths = new HashSet<>();
    for (Struct mount : container.structs("mountPoints")) {
      String volume = mount.string("sourceVolume").orElse("");
      if (!volumes.contains(volume)) {
        throw EcsError.client("Unknown volume '" + volume + "'.");
      }
      String path = mount.string("containerPath").orElse("");
      if (!path.startsWith("/") || !paths.add(path)) {
        throw EcsError.client(
            "Container.mountPoints.containerPath must be absolute and unique: '" + path + "'.");
      }
    }
  }
}
