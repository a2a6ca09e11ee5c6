package dev.fargate.operator.status;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a condition is as it is: a closed list, each with a sentence and what to do. The same names
 * appear in conditions, Events, logs and metrics; docs/conditions.md explains each.
 */
public enum Reason {
  AVAILABLE("Available", "The requested revision serves and everything is in place.", "Nothing."),
  SCALED_TO_ZERO(
      "ScaledToZero",
      "No tasks are wanted, and none run.",
      "Nothing; to have tasks again, remove suspend or raise replicas."),
  ROLLING_OUT(
      "RollingOut", "The requested revision is being rolled out.", "Wait for the tasks to start."),
  CREATING("Creating", "AWS resources are being made or changed.", "Wait."),
  DELETING("Deleting", "AWS resources are being removed.", "Wait: draining takes minutes."),
  ROLLED_BACK(
      "RolledBack",
      "ECS gave up on the requested revision and went back to an older one.",
      "Mend the cause in the message and apply another spec; this one is not tried again. To try"
          + " it again unchanged, set restartedAt."),
  ROLLOUT_FAILED(
      "RolloutFailed",
      "ECS gave up on the requested revision; there was none to go back to.",
      "Mend the cause in the message and apply another spec; to try this one again, set"
          + " restartedAt."),
  PROGRESS_DEADLINE_EXCEEDED(
      "ProgressDeadlineExceeded",
      "The requested revision did not become healthy in the time given.",
      "Mend the cause in the message. ECS goes on trying, so it may still become ready by itself;"
          + " if it only needs longer, raise rollout.progressDeadlineSeconds."),
  IMAGE_PULL_FAILED(
      "ImagePullFailed",
      "The image of a container cannot be pulled.",
      "Check the image's name and tag, that it exists for the app's architecture, and that the"
          + " execution role may pull it. The message has the registry's text."),
  CONTAINER_EXITED(
      "ContainerExited",
      "A container that the task needs ended by itself.",
      "Look into its log; the message names the log group and the exit code."),
  OUT_OF_MEMORY(
      "OutOfMemory",
      "A container was killed because it used more memory than it has.",
      "Raise memoryMiB, or let it use less."),
  HEALTH_CHECK_FAILED(
      "HealthCheckFailed",
      "The load balancer's or the container's health check fails.",
      "Ask the container for the path and port in the message; correct the ingress' healthCheck, or"
          + " what it answers. A slow start needs rollout.healthCheckGracePeriodSeconds."),
  CAPACITY_UNAVAILABLE(
      "CapacityUnavailable",
      "AWS has no Fargate capacity for the task now.",
      "ECS goes on trying. Subnets in more zones, another size, or OnDemand beside Spot help."),
  ROLE_UNUSABLE(
      "RoleUnusable",
      "A role of the task does not exist, or ECS may not assume it.",
      "Correct the role in the field that the message names, or its trust policy: it has to trust"
          + " ecs-tasks.amazonaws.com."),
  SECRET_UNAVAILABLE(
      "SecretUnavailable",
      "A secret that the task needs cannot be read when it starts.",
      "Create the secret, correct its ARN or key in env, or let the execution role read it."),
  NO_WAY_OUT(
      "NoWayOut",
      "From its subnets the task reaches neither the registry nor AWS.",
      "Give the subnets a NAT gateway or VPC endpoints, or set network.assignPublicIp in public"
          + " ones."),
  STORAGE_UNREACHABLE(
      "StorageUnreachable",
      "The task could not mount its file system.",
      "The task's zone needs a mount target in state available whose security group lets the task's"
          + " group in on port 2049."),
  TASKS_FAILING(
      "TasksFailing",
      "Tasks of the requested revision stop, or cannot be started.",
      "The message has AWS's words."),
  INVALID_SPEC(
      "InvalidSpec",
      "The spec cannot be carried out as it is.",
      "Correct the field that the message names. Nothing in AWS changes until then."),
  ENVIRONMENT_MISSING(
      "EnvironmentMissing",
      "There is no FargateEnvironment of that name.",
      "Apply it, or name another. If it was deleted, apply it again, or annotate the object with"
          + " fargate.dev/force-release=true to leave behind what it has in AWS."),
  ENVIRONMENT_NOT_READY(
      "EnvironmentNotReady",
      "The FargateEnvironment has not everything yet.",
      "Wait, or see the environment's own conditions."),
  ACCESS_NOT_ALLOWED(
      "AccessNotAllowed",
      "The FargateEnvironment does not admit this namespace or value.",
      "Use what spec.access of the environment allows, or ask the platform team to allow more."),
  REFERENCE_MISSING(
      "ReferenceMissing",
      "Something that the spec refers to does not exist yet.",
      "Apply what the message names. It is waited for; after the progress deadline a person is"
          + " called."),
  REFERENCE_UNREADABLE(
      "ReferenceUnreadable",
      "Kubernetes does not let the operator read what the spec refers to.",
      "Give the operator's ServiceAccount the right in the message; it looks again every five"
          + " minutes."),
  RESOLVED("Resolved", "Everything that the spec refers to exists.", "Nothing."),
  CONFLICT(
      "Conflict",
      "Something that somebody else owns stands in the way.",
      "Take another name, host or path, or remove what the message names; nothing of others is"
          + " touched."),
  ACCESS_DENIED(
      "AccessDenied",
      "AWS denies the operator a call.",
      "Allow the operator's role the action in the message (docs/iam); it looks again every five"
          + " minutes."),
  KUBERNETES_DENIED(
      "KubernetesDenied",
      "Kubernetes does not let the operator write what the spec asks for.",
      "Give the operator's ServiceAccount the right that the message names, or take the field back"
          + " that needs it."),
  INVALID_REQUEST(
      "InvalidRequest",
      "AWS refuses a request.",
      "Correct the field that AWS's words are about; trying again alone does not help."),
  QUOTA_EXCEEDED(
      "QuotaExceeded",
      "An AWS quota is used up.",
      "Remove what is not needed, or ask AWS for a higher quota; it looks again every five"
          + " minutes."),
  AWS_UNAVAILABLE(
      "AwsUnavailable", "AWS throttles or fails.", "Wait: the operator tries again without end."),
  NOT_OBSERVED(
      "NotObserved",
      "AWS has not been read yet.",
      "Wait for the first look at the account, a few seconds after the operator's start. If it names"
          + " kinds that have not been read: PrerequisitesMet of the environment says what the"
          + " operator may not read."),
  OBSERVATION_STALE(
      "ObservationStale",
      "AWS could not be read several times in a row, so nobody knows how it is.",
      "See the message for what AWS answered: an outage, or a right that the operator's role lacks."),
  SYNCED("Synced", "AWS equals the spec.", "Nothing."),
  PLAN_PENDING(
      "PlanPending",
      "There are changes still to be made.",
      "Wait; with mode Plan, look at status.plan and approve it (approvedPlan)."),
  PLAN_CHANGED(
      "PlanChanged",
      "There is something to do that was not approved.",
      "Look at status.plan and approve it anew (approvedPlan), or set mode to Apply."),
  DRIFTED(
      "Drifted",
      "Somebody changed in AWS what the spec decides.",
      "Nothing: it is put back at once. To keep such a change, write it into the spec."),
  PAUSED(
      "Paused",
      "mode is Paused: nothing is written to AWS.",
      "Set mode to Apply when the operator shall go on."),
  HEALTHY("Healthy", "All targets are healthy.", "Nothing."),
  UNHEALTHY_TARGETS(
      "UnhealthyTargets",
      "Not all targets are healthy.",
      "See status.targets.problems for each, with AWS's words."),
  REGISTERED(
      "Registered",
      "Every name resolves: the private one to the running tasks, the public ones to the load"
          + " balancer.",
      "Nothing."),
  SCALING("Scaling", "Autoscaling owns the number of tasks.", "Nothing."),
  QUIET("Quiet", "No alarm is raised.", "Nothing."),
  ALARM_RAISED(
      "AlarmRaised",
      "A measured value has reached the threshold of an alarm.",
      "See the message for which alarm and what was measured; the topic has been told, too. It ends by itself when the value is below the threshold again."),
  NOT_MEASURED(
      "NotMeasured",
      "CloudWatch has no data for an alarm.",
      "Wait a minute or two for the first measurements; without running tasks there are none."),
  BACKED_UP("BackedUp", "The newest good backup is as new as the schedule asks.", "Nothing."),
  BACKUP_SCHEDULED(
      "BackupScheduled",
      "There is no backup yet, and none is due.",
      "Nothing; for one now, annotate the object with fargate.dev/backup and a new value."),
  BACKUP_FAILED(
      "BackupFailed",
      "The newest backup has failed.",
      "Mend the cause in AWS Backup's words, most often a right of the backup role; the next"
          + " scheduled time tries again, or the annotation fargate.dev/backup with a new value."),
  BACKUP_OVERDUE(
      "BackupOverdue",
      "A scheduled backup has not come in the time that it may take.",
      "See in AWS Backup whether the plan and its selection are as the operator made them and EFS is"
          + " enabled in its settings for the region; ask for one by the annotation"
          + " fargate.dev/backup."),
  BACKUP_ROLE_UNUSABLE(
      "BackupRoleUnusable",
      "There is no role that AWS Backup can act as.",
      "Name one in spec.backup.roleArn or defaults.backupRoleArn of the environment; it has to exist"
          + " and trust backup.amazonaws.com (docs/databases.md)."),
  NOTHING_MISSING(
      "NothingMissing",
      "AWS has refused nothing lately, and the subnets have a way out.",
      "Nothing."),
  PREREQUISITE_MISSING(
      "PrerequisiteMissing",
      "AWS has refused calls for want of a right or a service-linked role.",
      "Give the operator's role the right (docs/iam/operator-policy.json has all that it needs;"
          + " organisation policies and permission boundaries count too), or run the command in the"
          + " message. A right on one resource is believed missing for fifteen minutes after its"
          + " last refusal."),
  WAY_OUT_UNKNOWN(
      "WayOutUnknown",
      "Whether tasks get out of their subnets cannot be told from the route tables.",
      "With VPC endpoints for ECR (api and dkr), S3, CloudWatch Logs and Secrets Manager, nothing;"
          + " else give the subnets a NAT gateway, or set network.assignPublicIp in public ones. To"
          + " let the operator look, give it ec2:DescribeRouteTables."),
  RESTORING(
      "Restoring",
      "The data is being brought back from a recovery point.",
      "Wait: AWS Backup copies for minutes to hours, then the database is interrupted for some"
          + " minutes."),
  RESTORED(
      "Restored",
      "The data is that of a recovery point.",
      "Nothing; the data before lies beside it, and may be deleted when nobody wants it back."),
  RESTORE_REFUSED(
      "RestoreRefused",
      "The recovery point of spec.restore cannot be brought back into this database.",
      "Name one that status.backup.recoveryPoints lists, or leave the field out; nothing has been"
          + " changed."),
  RESTORE_FAILED(
      "RestoreFailed",
      "The data could not be brought back; it is as it was.",
      "Mend the cause in the message, then annotate the object with fargate.dev/restore and a new"
          + " value, or leave the field out."),
  IN_USE(
      "InUse",
      "Others still use it.",
      "Delete the apps and databases that the message names; then it goes by itself."),
  ADOPTED(
      "Adopted",
      "What somebody else had made in AWS was taken over, as adoption allows.",
      "Nothing; deletionPolicy holds for what the Event lists, too."),
  RETAINED(
      "Retained",
      "The object is gone; what its deletion policy keeps stays in AWS.",
      "Delete by hand what the Event lists, when it is no longer needed."),
  RELEASED(
      "Released",
      "The object was released by annotation; all it had stays in AWS.",
      "Delete by hand what the Event lists.");

  private final String text;
  private final String sentence;
  private final String remedy;

  Reason(String text, String sentence, String remedy) {
    this.text = text;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** The reason of this name; empty for null and for a name that there is not. */
  public static Optional<Reason> of(String text) {
    return Stream.of(values()).filter(reason -> reason.text.equals(text)).findFirst();
  }

  /** The CamelCase word in a condition's {@code reason}. */
  public String text() {
    return text;
  }

  /** One sentence for people; the message where there is nothing more particular to say. */
  public String sentence() {
    return sentence;
  }

  /** What a person should do. */
  public String remedy() {
    return remedy;
  }
}
