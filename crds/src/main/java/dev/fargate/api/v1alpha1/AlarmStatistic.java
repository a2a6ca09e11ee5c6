package dev.fargate.api.v1alpha1;

/** What of a period's measurements an alarm compares; AWS's words. */
public final class AlarmStatistic {
  public static final String MAXIMUM = "Maximum";
  public static final String AVERAGE = "Average";

  private AlarmStatistic() {}
}
