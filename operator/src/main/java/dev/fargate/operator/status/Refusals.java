package dev.fargate.operator.status;

import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.Locale;

/** What AWS's refusal of a call means for the spec, where its words alone do not say it. */
final class Refusals {
  private Refusals() {}

  /** Names the field where it is known; else AWS's own words. */
  static Cause of(Outcome.Failed failed, TaskFields fields) {
    String said = String.valueOf(failed.message()).toLowerCase(Locale.ROOT);
    String words = Progress.describe(failed);
    if (failed.action().desired() instanceof TaskDefinition definition
        && said.contains("role is not valid")) {
      return Cause.of(
          Reason.ROLE_UNUSABLE,
          "AWS does not know a role of the task: "
              + fields.in(definition)
              + ". It must exist in this account and trust ecs-tasks.amazonaws.com.",
          words);
    } else if (failed.action().desired() instanceof TaskDefinition definition
        && said.contains("iam:passrole")) {
      return Cause.of(
          Reason.ACCESS_DENIED,
          "The operator's role may not pass a role to ECS: "
              + fields.in(definition)
              + ". Allow it iam:PassRole for that, or name another.",
          words);
    } else if (failed.action().desired() instanceof Service
        && said.contains("invalidgroup.notfound")) {
      return Cause.of(
          Progress.reason(failed.error()),
          "A security group of the tasks does not exist: "
              + fields.securityGroups()
              + ". Name one of this VPC, or remove it.",
          words);
    }
    Kind kind = failed.action().id().kind();
    if ((kind == Kind.BACKUP_SELECTION || kind == Kind.BACKUP_VAULT)
        && (said.contains("cannot be assumed") || said.contains("iam:passrole"))) {
      return Cause.of(
          Reason.BACKUP_ROLE_UNUSABLE,
          "AWS Backup cannot act as the role of spec.backup.roleArn or of the environment's"
              + " defaults.backupRoleArn. It must exist and trust backup.amazonaws.com, and the"
              + " operator may pass it (docs/iam).",
          words);
    }
    return new Cause(Progress.reason(failed.error()), words);
  }
}
