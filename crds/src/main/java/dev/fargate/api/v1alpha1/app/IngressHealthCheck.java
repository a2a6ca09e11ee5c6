package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How the load balancer learns that a task is healthy. */
@ApiObject
@ValidationRule(
    value =
        "(has(self.timeoutSeconds) ? self.timeoutSeconds : "
            + FieldDefaults.TARGET_HEALTH_TIMEOUT_SECONDS
            + ") < (has(self.intervalSeconds) ? self.intervalSeconds : "
            + FieldDefaults.TARGET_HEALTH_INTERVAL_SECONDS
            + ")",
    message =
        "timeoutSeconds ("
            + FieldDefaults.TARGET_HEALTH_TIMEOUT_SECONDS
            + " when absent) must be smaller than intervalSeconds ("
            + FieldDefaults.TARGET_HEALTH_INTERVAL_SECONDS
            + " when absent); lower it",
    fieldPath = ".timeoutSeconds")
public class IngressHealthCheck {

  @Doc(
      value = "Path to ask for, with the query if one is needed.",
      absent = FieldDefaults.TARGET_HEALTH_PATH,
      example = "/healthz",
      aws = "TargetGroup.healthCheckPath",
      edit = Edit.IN_PLACE)
  @Size(min = 1, max = 1024)
  @Pattern("^/[^ ]*$")
  public String path;

  @Doc(
      value =
          "Port to ask, if another one than the ingress sends to. The task's group is opened for"
              + " it.",
      absent = "the ingress's port",
      aws = "TargetGroup.healthCheckPort",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(65535)
  public Integer port;

  @Doc(
      value = "Protocol to ask by.",
      absent = "HTTP",
      aws = "TargetGroup.healthCheckProtocol",
      edit = Edit.IN_PLACE)
  @Values({"HTTP", "HTTPS"})
  public String protocol;

  @Doc(
      value = "Seconds between two checks.",
      absent = "" + FieldDefaults.TARGET_HEALTH_INTERVAL_SECONDS,
      aws = "TargetGroup.healthCheckIntervalSeconds",
      edit = Edit.IN_PLACE)
  @Min(5)
  @Max(300)
  public Integer intervalSeconds;

  @Doc(
      value = "Seconds after which a check has failed; smaller than intervalSeconds.",
      absent = "" + FieldDefaults.TARGET_HEALTH_TIMEOUT_SECONDS,
      aws = "TargetGroup.healthCheckTimeoutSeconds",
      edit = Edit.IN_PLACE)
  @Min(2)
  @Max(120)
  public Integer timeoutSeconds;

  @Doc(
      value = "Good checks in a row until an unhealthy task is healthy.",
      absent = "" + FieldDefaults.TARGET_HEALTHY_THRESHOLD,
      aws = "TargetGroup.healthyThresholdCount",
      edit = Edit.IN_PLACE)
  @Min(2)
  @Max(10)
  public Integer healthyThreshold;

  @Doc(
      value = "Failed checks in a row until a task is unhealthy and gets replaced.",
      absent = "" + FieldDefaults.TARGET_UNHEALTHY_THRESHOLD,
      aws = "TargetGroup.unhealthyThresholdCount",
      edit = Edit.IN_PLACE)
  @Min(2)
  @Max(10)
  public Integer unhealthyThreshold;

  @Doc(
      value = "Status codes that are healthy: numbers and ranges from 200 to 499.",
      absent = FieldDefaults.TARGET_SUCCESS_CODES,
      example = "200-299,301",
      aws = "TargetGroup.matcher.httpCode",
      edit = Edit.IN_PLACE)
  @Size(min = 3, max = 64)
  @Pattern("^[2-4][0-9]{2}(-[2-4][0-9]{2})?(,[2-4][0-9]{2}(-[2-4][0-9]{2})?)*$")
  public String successCodes;
}
