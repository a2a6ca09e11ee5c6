package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Leftovers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/**
 * Everything there is in the account with all its settings, one line per thing, as a person would
 * read it. Ids that AWS gives, times and what tells of the past are left out, so that two runs with
 * the same end say the same.
 */
final class Account {
  private static final Set<String> PAST =
      Set.of(
          "events",
          "id",
          "deployments",
          "currentServiceDeployment",
          "currentServiceRevisions",
          "creationTime",
          // The time of the datapoint that brought an alarm to its state is part of it.
          "StateReason",
          "StateReasonData");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{12,}");
  private static final Pattern SECRET =
      Pattern.compile("(:secret:[^:,}]+)-[A-Za-z0-9]{6}(?=[:,}\\s]|$)");
  private static final Pattern DISCOVERY = Pattern.compile("\\b(srv|ns|inst)-[a-z0-9]{16,}");

  /** A label that holds the time at which a version was put. */
  private static final Pattern KEPT = Pattern.compile("(fargate-kept)-[0-9]{8}T[0-9.]+Z");

  private final Leftovers aws;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  private Account(Leftovers aws) {
    this.aws = aws;
  }

  static List<String> lines(CampaignWorld world) {
    Account account = new Account(world.person);
    account.network();
    account.discovery();
    account.containers();
    account.balancing();
    account.files();
    account.rest();
    return account.lines.stream().sorted().toList();
  }

  private void network() {
    var groups =
        aws.ec2.describeSecurityGroups().securityGroups().stream()
            .filter(group -> !group.groupName().equals("default"))
            .toList();
    groups.forEach(group -> names.put(group.groupId(), "group:" + group.groupName()));
    groups.forEach(group -> line("security group", group));
    aws.ec2.describeSecurityGroupRules(r -> {}).securityGroupRules().stream()
        .filter(rule -> names.containsKey(rule.groupId()))
        .forEach(
            rule -> {
              names.put(rule.securityGroupRuleId(), "#");
              line("security group rule", rule);
            });
  }

  private void discovery() {
    var namespaces = aws.cloudMap.listNamespaces().namespaces();
    for (var namespace : namespaces) {
      names.put(namespace.id(), "namespace:" + namespace.name());
      names.put(namespace.properties().dnsProperties().hostedZoneId(), "zone:" + namespace.name());
    }
    namespaces.forEach(
        it ->
            line("namespace", it, aws.cloudMap.listTagsForResource(r -> r.resourceARN(it.arn()))));
    var services = aws.cloudMap.listServices().services();
    services.forEach(service -> names.put(service.id(), "discovery:" + service.name()));
    services.forEach(
        it ->
            line(
                "discovery service",
                it,
                aws.cloudMap.listTagsForResource(r -> r.resourceARN(it.arn()))));
  }

  private void containers() {
    for (String cluster : aws.ecs.listClusters().clusterArns()) {
      aws.ecs
          .describeClusters(
              r -> r.clusters(cluster).include(ClusterField.TAGS, ClusterField.SETTINGS))
          .clusters()
          .forEach(it -> line("cluster", it));
      List<String> services = aws.ecs.listServices(r -> r.cluster(cluster)).serviceArns();
      if (!services.isEmpty()) {
        aws.ecs
            .describeServices(r -> r.cluster(cluster).services(services).include(ServiceField.TAGS))
            .services()
            .forEach(
                it -> {
                  line("service", it);
                  it.deployments()
                      .forEach(
                          d ->
                              lines.add(
                                  plain(
                                      "deployment "
                                          + d.status()
                                          + " "
                                          + d.taskDefinition()
                                          + " "
                                          + d.rolloutState()
                                          + " "
                                          + d.runningCount()
                                          + "/"
                                          + d.desiredCount())));
                });
      }
      List<String> tasks = aws.ecs.listTasks(r -> r.cluster(cluster)).taskArns();
      if (!tasks.isEmpty()) {
        for (Task task : aws.ecs.describeTasks(r -> r.cluster(cluster).tasks(tasks)).tasks()) {
          lines.add(
              plain(
                  "task "
                      + task.group()
                      + " "
                      + task.taskDefinitionArn()
                      + " "
                      + task.lastStatus()));
        }
      }
    }
    for (String status : List.of("ACTIVE", "INACTIVE")) {
      aws.ecs
          .listTaskDefinitions(r -> r.status(status))
          .taskDefinitionArns()
          .forEach(
              arn ->
                  line(
                      "revision",
                      aws.ecs.describeTaskDefinition(
                          r -> r.taskDefinition(arn).include(TaskDefinitionField.TAGS))));
    }
  }

  private void balancing() {
    var balancers = aws.elb.describeLoadBalancers().loadBalancers();
    List<String> arns = new ArrayList<>();
    for (var balancer : balancers) {
      arns.add(balancer.loadBalancerArn());
      line("load balancer", balancer);
      for (var listener :
          aws.elb
              .describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
              .listeners()) {
        arns.add(listener.listenerArn());
        line("listener", listener);
        for (var rule : aws.elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules()) {
          line("rule of port " + listener.port(), rule);
          if (!rule.isDefault()) {
            arns.add(rule.ruleArn());
          }
        }
      }
    }
    for (var group : aws.elb.describeTargetGroups().targetGroups()) {
      arns.add(group.targetGroupArn());
      line(
          "target group",
          group,
          aws.elb.describeTargetGroupAttributes(r -> r.targetGroupArn(group.targetGroupArn())));
      aws.elb
          .describeTargetHealth(r -> r.targetGroupArn(group.targetGroupArn()))
          .targetHealthDescriptions()
          .forEach(
              it ->
                  lines.add(
                      "target of "
                          + group.targetGroupName()
                          + " "
                          + it.targetHealth().stateAsString()));
    }
    for (int from = 0; from < arns.size(); from += 20) {
      List<String> some = arns.subList(from, Math.min(arns.size(), from + 20));
      aws.elb
          .describeTags(r -> r.resourceArns(some))
          .tagDescriptions()
          .forEach(it -> line("tags", it));
    }
  }

  private void files() {
    for (var system : aws.efs.describeFileSystems().fileSystems()) {
      names.put(system.fileSystemId(), "files:" + system.creationToken());
      line("file system", system);
      for (var mount :
          aws.efs.describeMountTargets(r -> r.fileSystemId(system.fileSystemId())).mountTargets()) {
        names.put(mount.mountTargetId(), "#");
        names.put(mount.networkInterfaceId(), "#");
        names.put(mount.ipAddress(), "#");
        line(
            "mount target",
            mount,
            aws.efs.describeMountTargetSecurityGroups(r -> r.mountTargetId(mount.mountTargetId())));
      }
    }
    for (var point : aws.efs.describeAccessPoints(r -> {}).accessPoints()) {
      names.put(point.accessPointId(), "#");
      line("access point", point);
    }
  }

  private void rest() {
    aws.scaling
        .describeScalableTargets(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets()
        .forEach(
            it ->
                line(
                    "scalable target",
                    it,
                    aws.scaling.listTagsForResource(r -> r.resourceARN(it.scalableTargetARN()))));
    aws.scaling
        .describeScalingPolicies(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalingPolicies()
        .forEach(it -> line("scaling policy", it));
    aws.logs
        .describeLogGroups()
        .logGroups()
        .forEach(
            it ->
                line(
                    "log group",
                    it,
                    aws.logs.listTagsForResource(r -> r.resourceArn(it.logGroupArn()))));
    aws.cloudWatch.describeAlarms().metricAlarms().stream()
        // Those of target tracking belong to their policy.
        .filter(it -> !it.alarmName().startsWith("TargetTracking-"))
        .forEach(it -> line("alarm", it));
    aws.backup
        .listBackupVaults(r -> {})
        .backupVaultList()
        .forEach(
            it ->
                line(
                    "backup vault",
                    it,
                    aws.backup.listTags(r -> r.resourceArn(it.backupVaultArn()))));
    aws.backup
        .listBackupVaults(r -> {})
        .backupVaultList()
        .forEach(
            vault ->
                aws.backup
                    .listRecoveryPointsByBackupVault(
                        r -> r.backupVaultName(vault.backupVaultName()))
                    .recoveryPoints()
                    .forEach(it -> line("recovery point", it)));
    for (var plan : aws.backup.listBackupPlans(r -> {}).backupPlansList()) {
      line(
          "backup plan",
          aws.backup.getBackupPlan(r -> r.backupPlanId(plan.backupPlanId())).backupPlan(),
          aws.backup.listTags(r -> r.resourceArn(plan.backupPlanArn())));
      aws.backup
          .listBackupSelections(r -> r.backupPlanId(plan.backupPlanId()))
          .backupSelectionsList()
          .forEach(
              it ->
                  line(
                      "backup selection",
                      aws.backup
                          .getBackupSelection(
                              r ->
                                  r.backupPlanId(plan.backupPlanId()).selectionId(it.selectionId()))
                          .backupSelection()));
    }
    aws.route53
        .listResourceRecordSets(r -> r.hostedZoneId(Stage.ZONE))
        .resourceRecordSets()
        .forEach(it -> line("record set", it));
    aws.secrets
        .listSecrets(r -> r.includePlannedDeletion(true))
        .secretList()
        .forEach(it -> line("secret", it));
  }

  private void line(String what, SdkPojo... things) {
    StringBuilder line = new StringBuilder(what);
    for (SdkPojo thing : things) {
      line.append(' ').append(tree(thing));
    }
    lines.add(plain(line.toString()));
  }

  private String plain(String line) {
    String plain = line;
    for (Map.Entry<String, String> name : names.entrySet()) {
      plain = plain.replace(name.getKey(), name.getValue());
    }
    // The current version needs the label only once it is replaced, and gets it then.
    return anonymous(plain).replace("[AWSCURRENT, fargate-kept]", "[AWSCURRENT]");
  }

  /** Without ids that AWS gives, and without times that are part of a name. */
  static String anonymous(String text) {
    String plain = UUID.matcher(text).replaceAll("#");
    plain = KEPT.matcher(plain).replaceAll("$1");
    plain = SECRET.matcher(plain).replaceAll("$1");
    plain = DISCOVERY.matcher(plain).replaceAll("$1-#");
    return HEX.matcher(plain).replaceAll("#");
  }

  private Object tree(Object value) {
    if (value instanceof SdkPojo pojo) {
      Map<String, Object> members = new TreeMap<>();
      for (SdkField<?> field : pojo.sdkFields()) {
        Object member = field.getValueOrDefault(pojo);
        boolean empty =
            member == null
                || member instanceof Instant
                || member instanceof Collection<?> all && all.isEmpty()
                || member instanceof Map<?, ?> map && map.isEmpty();
        if (!empty && !PAST.contains(field.memberName())) {
          members.put(field.memberName(), tree(member));
        }
      }
      return members;
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(this::tree).map(String::valueOf).sorted().toList();
    }
    if (value instanceof Map<?, ?> map) {
      // Keys may be ids, whose order tells nothing.
      return map.entrySet().stream()
          .map(entry -> plain(entry.getKey() + "=" + tree(entry.getValue())))
          .sorted()
          .toList();
    }
    return value;
  }
}
