package dev.fargate.operator.stack;

import java.util.List;
import java.util.SortedMap;

/**
 * A CloudWatch alarm on one metric, or on an expression over several. AWS sets all of it at once;
 * only the name is create-only.
 *
 * @param queries one without an expression is a plain alarm
 * @param state as CloudWatch reports it; null in what is wanted, and never compared
 */
public record MetricAlarm(
    ResourceId id,
    String name,
    String description,
    List<Query> queries,
    Condition condition,
    Actions actions,
    State state)
    implements Resource {
  public MetricAlarm {
    queries = List.copyOf(queries);
  }

  @Override
  public String physicalName() {
    return name;
  }

  /** The same alarm, in the state that AWS has told. */
  public MetricAlarm in(State told) {
    return new MetricAlarm(id, name, description, queries, condition, actions, told);
  }

  /**
   * A metric, or an expression over others.
   *
   * @param expression null for a metric
   * @param metric null for an expression
   * @param returned whether the threshold is about it
   */
  public record Query(String id, String expression, Metric metric, boolean returned) {
    @Override
    public String toString() {
      return (returned ? id + " (watched): " : id + ": ")
          + (expression != null ? expression : metric);
    }
  }

  /** A metric and what of each period counts. */
  public record Metric(
      String namespace,
      String name,
      SortedMap<String, Value> dimensions,
      String statistic,
      int periodSeconds) {
    @Override
    public String toString() {
      return statistic
          + " of "
          + namespace
          + " "
          + name
          + " "
          + dimensions
          + " in "
          + periodSeconds
          + " s";
    }
  }

  /**
   * When it is raised.
   *
   * @param missingData what a period without data counts as, in AWS's words
   */
  public record Condition(
      String comparison,
      double threshold,
      int evaluationPeriods,
      int datapointsToAlarm,
      String missingData) {}

  /** Who hears of which state: ARNs, sorted. */
  public record Actions(
      boolean enabled, List<String> alarm, List<String> ok, List<String> insufficientData) {
    public Actions {
      alarm = alarm.stream().sorted().toList();
      ok = ok.stream().sorted().toList();
      insufficientData = insufficientData.stream().sorted().toList();
    }
  }

  /**
   * @param value OK, ALARM or INSUFFICIENT_DATA
   * @param reason CloudWatch's words; null unless it is raised
   * @param since RFC 3339
   */
  public record State(String value, String reason, String since) {
    public static final String OK = "OK";
    public static final String RAISED = "ALARM";
    public static final String NO_DATA = "INSUFFICIENT_DATA";
  }
}
