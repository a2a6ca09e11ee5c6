package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import io.fabric8.generator.annotation.Size;

/** What CloudWatch says of one alarm. */
@ApiObject
public class AlarmStatus {

  @Doc("Its name in the spec.")
  @Size(max = 63)
  public String name;

  @Doc("OK, ALARM or INSUFFICIENT_DATA, as CloudWatch says it.")
  @Size(max = 32)
  public String state;

  @Doc("While it is raised: what was measured, in CloudWatch's words.")
  @Size(max = 1024)
  public String reason;

  @Doc("Since when it is in this state, RFC 3339.")
  @Size(max = 64)
  public String since;
}
