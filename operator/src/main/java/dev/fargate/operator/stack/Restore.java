package dev.fargate.operator.stack;

import java.util.List;

/**
 * Bringing a database's data back from a recovery point of AWS Backup: what is asked for, how far
 * it is, and the task that puts the data into its place (ADR 13).
 *
 * @param wish null where nothing is asked for, and in what is there
 * @param progress null in what is wanted, and while nothing has begun
 * @param mover null in what is there
 */
public record Restore(Wish wish, Progress progress, Mover mover) {
  /**
   * What the spec asks for.
   *
   * @param token 10 hexadecimal digits that tell this wish from any other: each is met once
   * @param directory where in the recovery point the data lies, from the root of its file system
   * @param roleArn as whom AWS Backup works
   * @param refusal why nothing may be done, for people; null where it may
   */
  public record Wish(
      String token, String recoveryPointArn, String directory, String roleArn, String refusal) {}

  /**
   * How far it is. A tag of the access point remembers the first five, so that neither a new
   * operator nor another cluster begins again.
   *
   * @param jobId of AWS Backup's restore job
   * @param outcome of a FAILED one: an exit code, or one of the words below; else null
   * @param job null while it has not been read
   * @param attempts the tasks that ECS knows to have moved, or to move, the data; oldest first
   */
  public record Progress(
      Stage stage,
      String token,
      String jobId,
      String outcome,
      String directory,
      Job job,
      List<Attempt> attempts) {
    /** The outcome where AWS Backup could not copy. */
    public static final String JOB_FAILED = "job";

    /** The outcome where no task could be started. */
    public static final String NOT_STARTED = "start";

    public Progress {
      attempts = List.copyOf(attempts);
    }

    /** Whether it is about this wish. */
    public boolean isOf(Wish wish) {
      return wish != null && wish.token().equals(token);
    }

    /** Whether nothing more is done for it. */
    public boolean isOver() {
      return stage == Stage.DONE || stage == Stage.FAILED;
    }

    /** Whether nobody can tell how AWS Backup's part ended, and nothing has been moved yet. */
    public boolean isForgotten() {
      return stage == Stage.COPYING && job != null && job.isForgotten();
    }

    /** The same, as far as only the tag tells. */
    public Progress at(Stage other, String otherOutcome) {
      return new Progress(other, token, jobId, otherOutcome, directory, job, attempts);
    }
  }

  /** In this order; one of the last two is the end. */
  public enum Stage {
    /** AWS Backup copies into a new directory of the file system. */
    COPYING,
    /** A task puts the data in its place, or may do so at any moment. */
    MOVING,
    DONE,
    /** The data is as it was. */
    FAILED
  }

  /**
   * AWS Backup's part.
   *
   * @param state PENDING, RUNNING, COMPLETED, ABORTED or FAILED; or FORGOTTEN, and nothing else
   * @param begun RFC 3339, as all times here
   * @param ended null while it has not
   * @param percent as AWS writes it, {@code 40.00%}; null for unknown
   * @param message AWS's words; null for none
   */
  public record Job(
      String state,
      String recoveryPointArn,
      String begun,
      String ended,
      String percent,
      String message) {
    private static final String FORGOTTEN = "FORGOTTEN";

    /** One that AWS Backup does not know any more: nobody can tell how it ended. */
    public static Job forgotten() {
      return new Job(FORGOTTEN, null, null, null, null, null);
    }

    public boolean isForgotten() {
      return state.equals(FORGOTTEN);
    }

    public boolean isGood() {
      return state.equals("COMPLETED");
    }

    public boolean isBad() {
      return state.equals("FAILED") || state.equals("ABORTED");
    }
  }

  /**
   * One task that is to move the data.
   *
   * @param exitCode null while it runs, and where its container never did
   */
  public record Attempt(String taskArn, boolean ended, Integer exitCode) {}

  /**
   * The task that moves the data.
   *
   * @param definition registered for this once
   */
  public record Mover(TaskDefinition definition, Value clusterArn, Service.Network network) {}
}
