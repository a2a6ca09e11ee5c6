package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.MetricAlarm;

/** Only the name is create-only. The state is CloudWatch's own, and no setting. */
final class MetricAlarmDiffer implements Differ<MetricAlarm> {
  @Override
  public Class<MetricAlarm> type() {
    return MetricAlarm.class;
  }

  @Override
  public void compare(MetricAlarm actual, MetricAlarm wanted, Changes changes) {
    MetricAlarm.Condition is = actual.condition();
    MetricAlarm.Condition becomes = wanted.condition();
    changes
        .field("name", actual.name(), wanted.name(), Effect.REPLACE)
        .field("description", actual.description(), wanted.description(), Effect.IN_PLACE)
        .set("queries", actual.queries(), wanted.queries(), Effect.IN_PLACE)
        .field("comparison", is.comparison(), becomes.comparison(), Effect.IN_PLACE)
        .field("threshold", is.threshold(), becomes.threshold(), Effect.IN_PLACE)
        .field(
            "evaluationPeriods",
            is.evaluationPeriods(),
            becomes.evaluationPeriods(),
            Effect.IN_PLACE)
        .field(
            "datapointsToAlarm",
            is.datapointsToAlarm(),
            becomes.datapointsToAlarm(),
            Effect.IN_PLACE)
        .field("missingData", is.missingData(), becomes.missingData(), Effect.IN_PLACE)
        .field(
            "actionsEnabled",
            actual.actions().enabled(),
            wanted.actions().enabled(),
            Effect.IN_PLACE)
        .field("alarmActions", actual.actions().alarm(), wanted.actions().alarm(), Effect.IN_PLACE)
        .field("okActions", actual.actions().ok(), wanted.actions().ok(), Effect.IN_PLACE)
        .field(
            "insufficientDataActions",
            actual.actions().insufficientData(),
            wanted.actions().insufficientData(),
            Effect.IN_PLACE);
  }
}
