package dev.fargate.local.aws.cloudwatch;

/** AWS's own words. */
enum AlarmState {
  OK,
  ALARM,
  INSUFFICIENT_DATA
}
