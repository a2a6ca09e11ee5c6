package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** A command that ECS runs inside the container to learn whether it is healthy. */
@ApiObject
public class ContainerHealthCheck {

  @Doc(
      value =
          "The command. Its first word is CMD (the rest is run as it is) or CMD-SHELL (one more"
              + " word, run by the shell). Exit code 0 is healthy.",
      example = "[CMD-SHELL, 'wget -qO- http://localhost:3000/healthz']",
      aws = "HealthCheck.command",
      edit = Edit.NEW_REVISION)
  @Required
  @Size(min = 2, max = 50)
  @Items(Items.Kind.ATOMIC)
  @ValidationRule(
      value = "self[0] == 'CMD' || (self[0] == 'CMD-SHELL' && size(self) == 2)",
      message =
          "begin with CMD and the words of a command, or with CMD-SHELL and one line for the shell")
  public List<@Size(max = 4096) String> command = new ArrayList<>();

  @Doc(
      value = "Seconds between two checks.",
      absent = "" + FieldDefaults.CONTAINER_HEALTH_INTERVAL_SECONDS,
      aws = "HealthCheck.interval",
      edit = Edit.NEW_REVISION)
  @Min(5)
  @Max(300)
  public Integer intervalSeconds;

  @Doc(
      value = "Seconds after which a check has failed.",
      absent = "" + FieldDefaults.CONTAINER_HEALTH_TIMEOUT_SECONDS,
      aws = "HealthCheck.timeout",
      edit = Edit.NEW_REVISION)
  @Min(2)
  @Max(60)
  public Integer timeoutSeconds;

  @Doc(
      value = "Failed checks in a row until the container is unhealthy and its task is replaced.",
      absent = "" + FieldDefaults.CONTAINER_HEALTH_RETRIES,
      aws = "HealthCheck.retries",
      edit = Edit.NEW_REVISION)
  @Min(1)
  @Max(10)
  public Integer retries;

  @Doc(
      value = "Seconds after the start in which failed checks do not count.",
      absent = "" + FieldDefaults.CONTAINER_HEALTH_START_PERIOD_SECONDS,
      aws = "HealthCheck.startPeriod",
      edit = Edit.NEW_REVISION)
  @Min(0)
  @Max(300)
  public Integer startPeriodSeconds;
}
