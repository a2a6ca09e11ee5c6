package dev.fargate.operator.stack;

import java.util.List;

/**
 * A vault of AWS Backup, with what it holds. It goes only empty, and what it holds nobody can bring
 * back.
 *
 * @param request a backup that somebody asks for beside the schedule; null for none
 * @param state what AWS has in it; null in what is wanted, and never compared
 */
public record BackupVault(ResourceId id, String name, Request request, State state)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }

  /** As it is right after its creation: nobody has asked for anything. */
  public BackupVault asMade() {
    return new BackupVault(id, name, null, null);
  }

  /** As a look tells it, once its request has been met. */
  public BackupVault asAsked(BackupVault before) {
    Request met = request == null ? before.request : new Request(request.token, null, null, 0);
    return new BackupVault(id, name, met, before.state);
  }

  /**
   * A backup now, once per token.
   *
   * @param token by which AWS Backup knows a repeated request again; of what is there the last one
   *     that was met, and the rest is null
   */
  public record Request(String token, Value fileSystemArn, String roleArn, int retentionDays) {}

  /**
   * What a vault has.
   *
   * @param points newest first
   * @param jobs of the last weeks, newest first
   */
  public record State(List<Point> points, List<Job> jobs) {
    public State {
      points = List.copyOf(points);
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * A recovery point.
   *
   * @param status COMPLETED, PARTIAL, DELETING or EXPIRED
   * @param created when its backup began; RFC 3339, as all times here
   * @param expires null for never
   */
  public record Point(String arn, String status, String created, String expires, long bytes) {
    public boolean isGood() {
      return status.equals("COMPLETED");
    }
  }

  /**
   * An attempt to make a recovery point.
   *
   * @param message AWS's words; null for none
   */
  public record Job(String state, String created, String message) {
    public boolean isOpen() {
      return switch (state) {
        case "CREATED", "PENDING", "RUNNING", "ABORTING" -> true;
        default -> false;
      };
    }

    public boolean isGood() {
      return state.equals("COMPLETED");
    }
  }
}
