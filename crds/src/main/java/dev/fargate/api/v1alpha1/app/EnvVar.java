package dev.fargate.api.v1alpha1.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An environment variable: a plain value, or where the value comes from. */
@ApiObject
@ValidationRule(
    value = "has(self.value) != has(self.valueFrom)",
    message = "set exactly one of value and valueFrom")
public class EnvVar {

  @Doc(
      value = "Name of the variable.",
      example = "PORT",
      aws = "KeyValuePair.name or Secret.name",
      edit = Edit.NEW_REVISION)
  @Required
  @Size(min = 1, max = 255)
  @Pattern("^[A-Za-z_.-][A-Za-z0-9_.-]*$")
  public String name;

  @Doc(
      value =
          "The value, readable by everyone who may read the task definition; the empty string is a"
              + " value, too. Exactly one of value and valueFrom is set.",
      example = "'3000'",
      aws = "KeyValuePair.value",
      edit = Edit.NEW_REVISION)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 16384)
  public String value;

  @Doc(
      value = "Where the value comes from. Exactly one of value and valueFrom is set.",
      example = "{databaseRef: {name: phoenix, key: connectionString}}")
  public ValueFrom valueFrom;
}
