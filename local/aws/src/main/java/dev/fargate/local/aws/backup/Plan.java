package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.time.Scheduler.Scheduled;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is backed up when: rules with schedules, and selections of resources. */
final class Plan {
  final String id;
  final String arn;
  final String creatorRequestId;
  final Instant createdAt;
  final Map<String, String> tags = new TreeMap<>();
  final Map<String, Selection> selections = new LinkedHashMap<>();

  /** The next run of each rule. */
  final List<Scheduled> runs = new ArrayList<>();

  String versionId;
  Instant lastExecution;

  /** As given, with an id in each rule. */
  Struct document;

  Plan(String id, String arn, String creatorRequestId, Instant createdAt) {
    this.id = id;
    this.arn = arn;
    this.creatorRequestId = creatorRequestId;
    this.createdAt = createdAt;
  }

  String name() {
    return document.required("BackupPlanName");
  }

  /** Resources of one plan. */
  static final class Selection {
    final String id;
    final String creatorRequestId;
    final Instant createdAt;
    final Struct document;

    Selection(String id, String creatorRequestId, Instant createdAt, Struct document) {
      this.id = id;
      this.creatorRequestId = creatorRequestId;
      this.createdAt = createdAt;
      this.document = document;
    }
  }
}
