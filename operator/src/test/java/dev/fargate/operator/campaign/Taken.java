package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.build.Ids;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilterName;

/**
 * Things that others have made under the very names that our environment and our app want, as
 * somebody does who has read a plan. Each may not be taken over for another reason, until somebody
 * puts that right.
 */
final class Taken {
  private static final String VPC = "vpc-0123456789abcdef0";
  private static final String CLUSTER = "phoenix";
  private static final String BALANCER = "phoenix-84649b870f";
  private static final String SHARED = "/fargate/acme/_shared/phoenix/shared";
  private static final String LOGS = "/fargate/acme/default/web";
  private static final String SECRET = "fargate/acme/default/web/env";
  private static final String APP = "FargateApp/default/web";
  private static final String SERVICE = "default-web-22f896";
  private static final String NO_CONSENT = "elbv2.k8s.aws/cluster";

  private final Leftovers aws;

  Taken(Leftovers aws) {
    this.aws = aws;
  }

  /** Another installation's, another object's, another controller's, and one of another scheme. */
  void environment() {
    aws.ecs.createCluster(
        r -> r.clusterName(CLUSTER).tags(t -> t.key(Ownership.OWNER_ID).value("globex")));
    String group =
        aws.ec2
            .createSecurityGroup(r -> r.groupName("phoenix-4e123b").description("t").vpcId(VPC))
            .groupId();
    tag(group, Ownership.RESOURCE_OF, "FargateEnvironment/other");
    aws.cloudMap.createPrivateDnsNamespace(r -> r.name("phoenix.internal").vpc(VPC));
    aws.elb.createLoadBalancer(
        r ->
            r.name(BALANCER)
                .scheme(LoadBalancerSchemeEnum.INTERNAL)
                .subnets("subnet-0bbb0000000000001", "subnet-0bbb0000000000002")
                .securityGroups(group));
    aws.logs.createLogGroup(r -> r.logGroupName(SHARED).tags(Map.of("crossplane-name", "theirs")));
  }

  /** Each may be taken over then, but for the load balancer, which makes room. */
  void releaseEnvironment() {
    aws.ecs.untagResource(r -> r.resourceArn(cluster()).tagKeys(Ownership.OWNER_ID));
    aws.elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer()));
    aws.ec2.deleteTags(
        r -> r.resources(group("phoenix-4e123b")).tags(t -> t.key(Ownership.RESOURCE_OF)));
    String namespace = aws.cloudMap.getNamespace(r -> r.id(namespace())).namespace().arn();
    aws.cloudMap.tagResource(
        r -> r.resourceARN(namespace).tags(t -> t.key(Ownership.VPC_ID).value(VPC)));
    aws.logs.untagResource(r -> r.resourceArn(logs(SHARED)).tagKeys("crossplane-name"));
  }

  /** In the environment that is there by now. */
  void app() {
    rule();
    named();
    service();
  }

  /** For every host and path, to a group of another port. */
  private void rule() {
    String targets =
        aws.elb
            .createTargetGroup(
                r ->
                    r.name(targets())
                        .protocol(ProtocolEnum.HTTP)
                        .port(3001)
                        .vpcId(VPC)
                        .targetType(TargetTypeEnum.IP))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    aws.elb.createRule(
        r ->
            r.listenerArn(listener())
                .priority(7)
                .conditions(c -> c.field("path-pattern").values("/*"))
                .actions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targets)));
  }

  private void named() {
    aws.ec2.createSecurityGroup(r -> r.groupName("default-web-e5ca57").description("t").vpcId(VPC));
    aws.logs.createLogGroup(
        r -> r.logGroupName(LOGS).tags(Map.of(Ownership.ADOPT, "FargateApp/default/other")));
    aws.secrets.createSecret(
        r ->
            r.name(SECRET)
                .secretString("{\"API_KEY\":\"one\"}")
                .tags(t -> t.key(Ownership.RESOURCE_OF).value("FargateApp/default/other")));
    aws.cloudMap.createService(
        r ->
            r.name("web")
                .namespaceId(namespace())
                .dnsConfig(d -> d.dnsRecords(a -> a.type("A").ttl(60L))));
  }

  private void service() {
    String revision =
        aws.ecs
            .registerTaskDefinition(
                r ->
                    r.family("theirs")
                        .requiresCompatibilities(Compatibility.FARGATE)
                        .networkMode(NetworkMode.AWSVPC)
                        .cpu("256")
                        .memory("512")
                        .containerDefinitions(c -> c.name("app").image("theirs:1")))
            .taskDefinition()
            .taskDefinitionArn();
    aws.ecs.createService(
        r ->
            r.cluster(CLUSTER)
                .serviceName(SERVICE)
                .taskDefinition(revision)
                .desiredCount(0)
                .launchType("FARGATE")
                .networkConfiguration(
                    n -> n.awsvpcConfiguration(v -> v.subnets("subnet-0bbb0000000000001")))
                // Had it none, it would tell whether a process ended before it wrote one (ADR 8).
                .tags(
                    t -> t.key(NO_CONSENT).value("theirs"),
                    t -> t.key(Ownership.ATTEMPT).value("0123456789abcdef")));
  }

  /** Whose the things are to be is said by their tags; what cannot be of use makes room. */
  void releaseApp() {
    aws.elb.describeRules(r -> r.listenerArn(listener())).rules().stream()
        .filter(rule -> "7".equals(rule.priority()))
        .forEach(rule -> aws.elb.deleteRule(r -> r.ruleArn(rule.ruleArn())));
    aws.elb.describeTargetGroups(r -> r.names(targets())).targetGroups().stream()
        .forEach(it -> aws.elb.deleteTargetGroup(r -> r.targetGroupArn(it.targetGroupArn())));
    aws.logs.tagResource(r -> r.resourceArn(logs(LOGS)).tags(Map.of(Ownership.ADOPT, APP)));
    tag(group("default-web-e5ca57"), Ownership.ADOPT, APP);
    aws.secrets.untagResource(r -> r.secretId(SECRET).tagKeys(Ownership.RESOURCE_OF));
    aws.secrets.tagResource(r -> r.secretId(SECRET).tags(t -> t.key(Ownership.ADOPT).value(APP)));
    // Its tags are read again after half an hour only.
    aws.cloudMap
        .listServices(
            r -> r.filters(f -> f.name(ServiceFilterName.NAMESPACE_ID).values(namespace())))
        .services()
        .forEach(it -> aws.cloudMap.deleteService(r -> r.id(it.id())));
    String service = cluster().replace(":cluster/", ":service/") + "/" + SERVICE;
    aws.ecs.untagResource(r -> r.resourceArn(service).tagKeys(NO_CONSENT));
    aws.ecs.tagResource(r -> r.resourceArn(service).tags(t -> t.key(Ownership.ADOPT).value(APP)));
  }

  private void tag(String id, String key, String value) {
    aws.ec2.createTags(r -> r.resources(id).tags(t -> t.key(key).value(value)));
  }

  private String logs(String name) {
    return aws.logs
        .describeLogGroups(r -> r.logGroupNamePrefix(name))
        .logGroups()
        .get(0)
        .logGroupArn();
  }

  private String cluster() {
    return aws.ecs.describeClusters(r -> r.clusters(CLUSTER)).clusters().get(0).clusterArn();
  }

  private String group(String name) {
    return aws.ec2.describeSecurityGroups().securityGroups().stream()
        .filter(group -> group.groupName().equals(name))
        .findFirst()
        .orElseThrow()
        .groupId();
  }

  private String balancer() {
    return aws.elb
        .describeLoadBalancers(r -> r.names(BALANCER))
        .loadBalancers()
        .get(0)
        .loadBalancerArn();
  }

  /** Of the load balancer that is there by now. */
  private String targets() {
    Owner owner = Owner.parse(Process.OWNER_ID, APP);
    return Names.compact(owner, Ids.targetGroup("web"), 3000, "HTTP", "HTTP1", VPC, balancer());
  }

  private String listener() {
    return aws.elb
        .describeListeners(r -> r.loadBalancerArn(balancer()))
        .listeners()
        .get(0)
        .listenerArn();
  }

  private String namespace() {
    return aws.cloudMap.listNamespaces().namespaces().stream()
        .filter(it -> it.name().equals("phoenix.internal"))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
