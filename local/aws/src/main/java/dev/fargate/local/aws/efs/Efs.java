package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.ec2.Network.NetworkInterface;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Elastic File System: the files really lie in a folder of this machine. */
public final class Efs implements ServiceBehaviour, FileSystems {
  private static final int NFS_PORT = 2049;

  private final EfsState state = new EfsState();
  private final Folders folders = new Folders();
  private final Map<String, Operation> operations = new HashMap<>();
  private final Network network;
  private final String region;

  public Efs(Scheduler scheduler, Network network, String region, Timing timing) {
    this.network = network;
    this.region = region;
    operations.putAll(new FileSystemCalls(state, scheduler, timing, folders).operations());
    operations.putAll(new MountTargetCalls(state, scheduler, timing, network).operations());
    operations.putAll(new AccessPointCalls(state, scheduler, timing).operations());
    operations.putAll(new Tags(state).operations());
  }

  @Override
  public String signingName() {
    return "elasticfilesystem";
  }

  @Override
  public Set<String> operations() {
    return Set.copyOf(operations.keySet());
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return operations.get(operation).run(input, caller);
  }

  @Override
  public Mounted mount(
      String fileSystemId,
      Optional<String> accessPointId,
      String rootDirectory,
      NetworkInterface task) {
    MountTarget target =
        state.mountTargets.values().stream()
            .filter(each -> each.fileSystem.id.equals(fileSystemId))
            .filter(each -> each.subnet.availabilityZone().equals(task.availabilityZone()))
            .filter(MountTarget::isAvailable)
            .findFirst()
            .orElseThrow(
                () ->
                    failed(
                        "Failed to resolve \""
                            + fileSystemId
                            + ".efs."
                            + region
                            + ".amazonaws.com\" - check that your file system ID is correct, and"
                            + " ensure that the VPC has an EFS mount target for this file system"
                            + " ID.",
                        1));
    boolean reached =
        network.reachable(
            Set.copyOf(task.groups()),
            task.privateIp(),
            Set.copyOf(target.groups),
            target.networkInterface.privateIp(),
            "tcp",
            NFS_PORT);
    if (!reached) {
      throw failed("mount.nfs4: Connection timed out", 32);
    }
    String directory =
        accessPointId
            .map(
                id ->
                    Optional.ofNullable(state.accessPoints.get(id))
                        .filter(point -> point.fileSystem.id.equals(fileSystemId))
                        .filter(AccessPoint::isAvailable)
                        .orElseThrow(
                            () ->
                                failed(
                                    "mount.nfs4: access denied by server while mounting"
                                        + " 127.0.0.1:/",
                                    32))
                        .directory())
            .orElseGet(() -> existing(fileSystemId, rootDirectory));
    return new Mounted(fileSystemId, directory, this);
  }

  /** Without an access point nobody makes a directory: it is there, or nothing is mounted. */
  private String existing(String fileSystemId, String directory) {
    Path wanted = Path.of(directory).normalize();
    if (wanted.getNameCount() > 0 && !folders.has(fileSystemId, wanted)) {
      throw failed(
          "mount.nfs4: mounting 127.0.0.1:"
              + directory
              + " failed, reason given by server: No such file or directory",
          32);
    }
    return wanted.toString();
  }

  /**
   * As people report it of Fargate, the sentences between here cut short; the exact text changes
   * with the version of efs-utils (UNVERIFIED).
   */
  private static AwsException failed(String stderr, int code) {
    return new AwsException(
        "ResourceInitializationError",
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes:"
            + " stderr: "
            + stderr
            + " : unsuccessful EFS utils command execution; code: "
            + code);
  }

  @Override
  public boolean exists(String fileSystemId) {
    FileSystem system = state.fileSystems.get(fileSystemId);
    return system != null && !system.isLeaving();
  }

  @Override
  public Path folder(String fileSystemId) {
    if (!state.fileSystems.containsKey(fileSystemId)) {
      throw new IllegalArgumentException("there is no file system " + fileSystemId);
    }
    return folders.of(fileSystemId);
  }

  /** Deletes all files. */
  public void close() {
    folders.close();
  }
}
