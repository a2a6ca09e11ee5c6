package dev.fargate.api.v1alpha1;

/**
 * What an absent field means, where the default lives in code and not in the schema. The operator
 * uses these, and the field descriptions quote them.
 */
public final class FieldDefaults {
  /** The smallest Fargate size. */
  public static final int CPU = 256;

  /** The smallest memory of the smallest size. */
  public static final int MEMORY_MIB = 512;

  public static final String ARCHITECTURE = "X86_64";

  /** AWS's default; the least and most are 2 and 120. */
  public static final int STOP_TIMEOUT_SECONDS = 30;

  /** AWS's container health check defaults. */
  public static final int CONTAINER_HEALTH_INTERVAL_SECONDS = 30;

  public static final int CONTAINER_HEALTH_TIMEOUT_SECONDS = 5;
  public static final int CONTAINER_HEALTH_RETRIES = 3;
  public static final int CONTAINER_HEALTH_START_PERIOD_SECONDS = 0;

  /**
   * Quicker than AWS's 30 s and five answers, which keep a healthy new task out of service for two
   * and a half minutes.
   */
  public static final int TARGET_HEALTH_INTERVAL_SECONDS = 15;

  public static final int TARGET_HEALTH_TIMEOUT_SECONDS = 5;
  public static final int TARGET_HEALTHY_THRESHOLD = 2;
  public static final int TARGET_UNHEALTHY_THRESHOLD = 2;
  public static final String TARGET_HEALTH_PATH = "/";
  public static final String TARGET_SUCCESS_CODES = "200";

  /** AWS's 300 s is what makes most rollouts slow; most requests end within seconds. */
  public static final int DEREGISTRATION_DELAY_SECONDS = 30;

  /** Time for a JVM to start on a quarter of a vCPU; only with a load balancer. */
  public static final int HEALTH_CHECK_GRACE_PERIOD_SECONDS = 60;

  /** AWS's default: a day. */
  public static final int STICKINESS_DURATION_SECONDS = 86400;

  public static final int MIN_HEALTHY_PERCENT = 100;
  public static final int MAX_PERCENT = 200;
  public static final int PROGRESS_DEADLINE_SECONDS = 900;

  /** Long enough for an alarm or a person to see that the new revision is wrong. */
  public static final int BAKE_TIME_MINUTES = 5;

  /** AWS's defaults of its linear and canary strategies. */
  public static final int LINEAR_STEP_PERCENT = 10;

  public static final int LINEAR_STEP_BAKE_MINUTES = 6;
  public static final int CANARY_PERCENT = 5;
  public static final int CANARY_BAKE_MINUTES = 10;
  public static final int REVISION_HISTORY_LIMIT = 10;
  public static final int LOG_RETENTION_DAYS = 30;

  /** Short, so that a replaced task's address is forgotten quickly. */
  public static final int PRIVATE_DNS_TTL_SECONDS = 10;

  public static final int SCALE_IN_COOLDOWN_SECONDS = 300;

  /** Equal shares, where a kind of capacity is named without one; AWS's own 0 places no task. */
  public static final int CAPACITY_WEIGHT = 1;

  /** Adding capacity late costs users more than adding it twice. */
  public static final int SCALE_OUT_COOLDOWN_SECONDS = 60;

  /** The shortest that ECS and load balancers measure in: a peak is seen, and soon. */
  public static final int ALARM_PERIOD_SECONDS = 60;

  public static final int ALARM_EVALUATION_PERIODS = 1;

  /** AWS's default, and the one with the shortest answers. */
  public static final String EFS_PERFORMANCE_MODE = "generalPurpose";

  /** What AWS advises: a small file system has too few credits for a database under load. */
  public static final String EFS_THROUGHPUT_MODE = "elastic";

  /** A week: long enough to notice on Monday what went wrong on Friday. */
  public static final int BACKUP_RETENTION_DAYS = 7;

  /** AWS Backup's own. */
  public static final String BACKUP_TIME_ZONE = "Etc/UTC";

  /** The name of the environment that an app means when it names none. */
  public static final String ENVIRONMENT = "default";

  private FieldDefaults() {}
}
