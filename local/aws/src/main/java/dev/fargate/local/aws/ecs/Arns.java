package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Caller;

/** The ARNs of ECS in one account and region; short names are looked up through them. */
record Arns(String accountId, String region) {
  static Arns of(Caller caller) {
    return new Arns(caller.accountId(), caller.region());
  }

  String cluster(String nameOrArn) {
    return isArn(nameOrArn) ? nameOrArn : prefix() + "cluster/" + nameOrArn;
  }

  String service(String clusterName, String nameOrArn) {
    return isArn(nameOrArn) ? nameOrArn : prefix() + "service/" + clusterName + "/" + nameOrArn;
  }

  String task(String clusterName, String idOrArn) {
    return isArn(idOrArn) ? idOrArn : prefix() + "task/" + clusterName + "/" + idOrArn;
  }

  String container(String clusterName, String taskId, String id) {
    return prefix() + "container/" + clusterName + "/" + taskId + "/" + id;
  }

  String taskDefinition(String family, int revision) {
    return prefix() + "task-definition/" + family + ":" + revision;
  }

  String serviceDeployment(String clusterName, String service, String id) {
    return prefix() + "service-deployment/" + clusterName + "/" + service + "/" + id;
  }

  String serviceLinkedRole() {
    return "arn:aws:iam::"
        + accountId
        + ":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
  }

  static boolean isArn(String text) {
    return text.startsWith("arn:");
  }

  /** What follows the last slash of an ARN, or the whole text of a plain name. */
  static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private String prefix() {
    return "arn:aws:ecs:" + region + ":" + accountId + ":";
  }
}
