package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.wire.Struct;
import java.util.Map;
import java.util.TreeMap;

/** A directory of a file system with an owner of its own. */
final class AccessPoint {
  final String id;
  final String clientToken;
  final FileSystem fileSystem;
  final Struct posixUser;
  final Struct rootDirectory;
  final Map<String, String> tags = new TreeMap<>();
  String state = "creating";

  AccessPoint(String id, FileSystem fileSystem, Struct request) {
    this.id = id;
    this.clientToken = request.required("ClientToken");
    this.fileSystem = fileSystem;
    this.posixUser = request.struct("PosixUser").orElse(null);
    this.rootDirectory = request.struct("RootDirectory").orElse(Struct.of()).deepCopy();
    if (!rootDirectory.has("Path")) {
      rootDirectory.with("Path", "/");
    }
  }

  String directory() {
    return rootDirectory.required("Path");
  }

  boolean isAvailable() {
    return state.equals("available");
  }
}
