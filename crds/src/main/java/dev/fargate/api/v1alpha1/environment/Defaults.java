package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What apps and databases of this environment get when they say nothing. */
@ApiObject
public class Defaults {

  public String executionRoleArn;

  public String taskRoleArn;

  public Integer logRetentionDays;

  public String architecture;

  public Map<String, String> tags = new LinkedHashMap<>();
}
