package dev.fargate.api.v1alpha1;

/** What an alarm may watch. */
public final class AlarmMetric {
  public static final String CPU = "Cpu";
  public static final String MEMORY = "Memory";
  public static final String HTTP_5XX = "Http5xx";

  private AlarmMetric() {}
}
