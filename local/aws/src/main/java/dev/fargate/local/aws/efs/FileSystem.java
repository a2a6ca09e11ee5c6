package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** One file system. */
final class FileSystem {
  final String id;
  final String creationToken;
  final Instant createdAt;
  final boolean encrypted;
  final String kmsKeyId;
  final String performanceMode;
  final Map<String, String> tags = new TreeMap<>();
  String throughputMode;
  String state = "creating";

  FileSystem(String id, Struct request, String kmsKeyId, Instant createdAt) {
    this.id = id;
    this.creationToken = request.required("CreationToken");
    this.createdAt = createdAt;
    this.encrypted = request.bool("Encrypted").orElse(false);
    this.kmsKeyId = kmsKeyId;
    this.performanceMode = request.string("PerformanceMode").orElse("generalPurpose");
    this.throughputMode = request.string("ThroughputMode").orElse("bursting");
  }

  boolean isAvailable() {
    return state.equals("available");
  }

  boolean isLeaving() {
    return state.equals("deleting");
  }
}
