package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is the same in the spec of every kind that runs tasks in an environment. */
@ApiObject
@ValidationRule(value = TaskSizes.RULE, message = TaskSizes.MESSAGE, fieldPath = ".memoryMiB")
@ValidationRule(
    value = "self.environment == oldSelf.environment",
    message =
        "environment cannot change: create a new object in the other environment, then delete this"
            + " one",
    fieldPath = ".environment")
public abstract class WorkloadSpec {

  @Doc(value = "The FargateEnvironment to run in.", edit = Edit.FORBIDDEN)
  @Default(FieldDefaults.ENVIRONMENT)
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String environment;

  @Doc(
      value =
          "Apply computes and writes. Plan computes into status.plan and writes nothing to AWS, not"
              + " even for a deletion, until approvedPlan names that plan. Paused writes nothing to"
              + " AWS and goes on observing; deleting still works.",
      edit = Edit.OPERATOR_ONLY)
  @Values({Mode.APPLY, Mode.PLAN, Mode.PAUSED})
  @Default(Mode.APPLY)
  public String mode;

  @Doc(
      value =
          "The hash of a plan that status.plan has shown. The actions of that plan are carried out,"
              + " over as many passes as it takes, and no others: an action that was not approved"
              + " stops everything with reason PlanChanged, until the new plan is approved. In mode"
              + " Apply it limits in the same way; in mode Paused it does nothing.",
      absent = "mode Plan carries out nothing, mode Apply everything",
      example = "3f9a0c6d12b4e587",
      edit = Edit.OPERATOR_ONLY)
  @Size(min = 16, max = 16)
  @Pattern("^[0-9a-f]{16}$")
  public String approvedPlan;

  @Doc(
      value =
          "What becomes of a thing in AWS that has the name of one to be created and is not the"
              + " operator's. Never: reason Conflict. IfTagged: it is taken over if its tag"
              + " fargate.dev/adopt reads KIND/NAMESPACE/NAME of this object, such as"
              + " FargateApp/default/web. Adopt: it is taken over by its name, once approvedPlan"
              + " names the plan in status.plan that says so; a Cloud Map service, whose name"
              + " anybody may ask for, needs the tag all the same. Taking over puts the operator's"
              + " tags on it; then it is changed to what the spec says, and deletionPolicy holds"
              + " for it, too. What another object or installation owns, or CloudFormation, ECS or"
              + " another controller manages, is always a conflict, and so is what would have to be"
              + " replaced.",
      edit = Edit.OPERATOR_ONLY)
  @Values({Adoption.NEVER, Adoption.IF_TAGGED, Adoption.ADOPT})
  @Default(Adoption.NEVER)
  public String adoption;

  @Doc(
      value =
          "Tags of every AWS resource made for this object, beside the operator's own. They win"
              + " over the environment's tags of the same key.",
      example = "{team: web}",
      aws = "tags",
      edit = Edit.IN_PLACE)
  @Size(max = 40)
  @ValidationRule(value = Syntax.TAG_KEYS_RULE, message = Syntax.TAG_KEYS_MESSAGE)
  public Map<String, @Size(max = 256) @Pattern(Syntax.TAG_VALUE) String> tags =
      new LinkedHashMap<>();

  @Doc(
      value =
          "Values to be told of. Status shows the state of each; an alarm that is raised makes the"
              + " object neither less ready nor stalled.",
      example = "[{name: cpu-peak, metric: Cpu, thresholdPercent: 90}]",
      aws = "a CloudWatch MetricAlarm each")
  @Size(max = 10)
  @Items(Items.Kind.MAP)
  public List<Alarm> alarms = new ArrayList<>();
}
