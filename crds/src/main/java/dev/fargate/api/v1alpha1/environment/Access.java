package dev.fargate.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Numbers;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Who may use the environment, and how far. A list that is absent leaves what the environment gives
 * by itself and nothing else; an empty one leaves nothing. So these lists are null when absent,
 * unlike all others.
 */
@ApiObject
public class Access {

  @Doc(
      value = "Which namespaces' apps and databases may name this environment.",
      absent = "all namespaces")
  public NamespaceAccess namespaces;

  @Doc(
      value =
          "Roles that apps and databases may name as iam.taskRoleArn. Whoever may name a role may do"
              + " all that the role may. Each is a whole ARN, an ARN that ends in /* for every role"
              + " below that path, or * for every role.",
      absent = "defaults.taskRoleArn only",
      example = "['arn:aws:iam::123456789012:role/team-a/*']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 50)
  @Items(Items.Kind.SET)
  public List<@Size(max = 2048) @Pattern(Syntax.ALLOWED_ROLE_ARN) String> taskRoleArns;

  @Doc(
      value = "Roles that apps and databases may name as iam.executionRoleArn; as taskRoleArns.",
      absent = "defaults.executionRoleArn only",
      example = "['arn:aws:iam::123456789012:role/ecs-execution-team-a']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 50)
  @Items(Items.Kind.SET)
  public List<@Size(max = 2048) @Pattern(Syntax.ALLOWED_ROLE_ARN) String> executionRoleArns;

  @Doc(
      value = "Roles that databases may name as backup.roleArn; as taskRoleArns.",
      absent = "defaults.backupRoleArn only",
      example = "['arn:aws:iam::123456789012:role/backup-team-a']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 50)
  @Items(Items.Kind.SET)
  public List<@Size(max = 2048) @Pattern(Syntax.ALLOWED_ROLE_ARN) String> backupRoleArns;

  @Doc(
      value =
          "Hosts that ingresses may serve. Each is a whole name, *.name for every name that ends in"
              + " .name (not the name itself), or * for every host. An ingress without hosts serves"
              + " all of them, so it needs *. Letters are compared without case.",
      absent = "none",
      example = "[www.example.com, '*.apps.example.com']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 100)
  @Items(Items.Kind.SET)
  public List<@Size(max = 253) @Pattern(Syntax.ALLOWED_HOST) String> hosts;

  @Doc(value = "Images that containers may run.", absent = "a database engine's own image only")
  public ImageAccess images;

  @Doc(
      value =
          "Secrets of Secrets Manager that variables may name, by the start of their ARN; * for"
              + " every secret. A start counts up to a boundary: it is the whole ARN, or ends in / or"
              + " :, or is followed by / or : there. So ...:secret:team-a does not allow"
              + " ...:secret:team-a2-x. An app's copies of Kubernetes Secrets, and its databases'"
              + " credentials, need no entry.",
      absent = "none",
      example = "['arn:aws:secretsmanager:eu-central-1:123456789012:secret:team-a/']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 100)
  @Items(Items.Kind.SET)
  public List<@Size(max = 2048) @Pattern(Syntax.ALLOWED_SECRET) String> secretArnPrefixes;

  @Doc(
      value =
          "SSM parameters that variables may name, by the start of their path in the environment's"
              + " own account and region, or by the start of their ARN; * for every parameter. A"
              + " start counts up to a boundary: it is the whole name, or ends in /, or is followed"
              + " by / there.",
      absent = "none",
      example = "[/team-a/]",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 100)
  @Items(Items.Kind.SET)
  public List<@Size(max = 2048) @Pattern(Syntax.ALLOWED_PARAMETER) String> ssmParameterPrefixes;

  @Doc(
      value =
          "SNS topics that alarms may name as topicArn, by their whole ARNs; * for every topic. A"
              + " topic may belong to others, and what is sent there can start what they built on it.",
      absent = "defaults.topicArn only",
      example = "['arn:aws:sns:eu-central-1:123456789012:team-a-on-call']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 50)
  @Items(Items.Kind.SET)
  public List<@Size(max = 512) @Pattern(Syntax.ALLOWED_TOPIC_ARN) String> topicArns;

  @Doc(value = "How far network of an app or database may differ from the environment's.")
  public NetworkAccess networkOverrides;

  @Doc(
      value =
          "EFS file systems of others that databases may name as storage.efs.fileSystemId, or * for"
              + " every one. A file system that the operator makes for a database needs no entry.",
      absent = "none",
      example = "[fs-0123456789abcdef0]",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 50)
  @Items(Items.Kind.SET)
  public List<@Size(max = 43) @Pattern(Syntax.ALLOWED_FILE_SYSTEM) String> fileSystemIds;

  @Doc(
      value =
          "Names that apps and databases may take in the environment's private DNS domain. Each is a"
              + " whole name, a start that ends in -* for every name that begins so, or * for every"
              + " name.",
      absent = "none",
      example = "['team-a-*']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 100)
  @Items(Items.Kind.SET)
  public List<@Size(max = 63) @Pattern(Syntax.ALLOWED_DNS_NAME) String> dnsNames;

  @Doc(
      value =
          "Whether ingresses may set priorityBase. A chosen priority can come before the rules of"
              + " other apps that say more precisely what they serve.",
      absent = PriorityAccess.COMPUTED,
      edit = Edit.OPERATOR_ONLY)
  @Values({PriorityAccess.COMPUTED, PriorityAccess.CHOSEN})
  public String rulePriorities;

  @Doc(
      value = "The most tasks that one app may ask for, as replicas or autoscaling.maxReplicas.",
      absent = "no limit",
      example = "20",
      edit = Edit.OPERATOR_ONLY)
  @Min(1)
  @Max(5000)
  public Integer maxReplicas;

  @Doc(
      value = "The most cpu that one task may ask for, in units of 1024 to a vCPU.",
      absent = "no limit",
      example = "2048",
      edit = Edit.OPERATOR_ONLY)
  @Numbers({256, 512, 1024, 2048, 4096, 8192, 16384})
  public Integer maxTaskCpu;
}
