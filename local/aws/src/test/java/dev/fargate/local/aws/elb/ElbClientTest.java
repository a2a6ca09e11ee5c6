package dev.fargate.local.aws.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** The AWS SDK's own clients against EC2 and Elastic Load Balancing, on the wire. */
class ElbClientTest {
  private static final String VPC = "vpc-0123456789abcdef0";

  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final Ec2Client ec2 = Clients.inThread(endpoint, Ec2Client.builder());
  private final ElasticLoadBalancingV2Client elb =
      Clients.inThread(endpoint, ElasticLoadBalancingV2Client.builder());

  private LoadBalancer loadBalancer() {
    return elb.createLoadBalancer(
            r ->
                r.name("web")
                    .subnets("subnet-0aaa0000000000001", "subnet-0aaa0000000000002")
                    .tags(t -> t.key("owner").value("me")))
        .loadBalancers()
        .get(0);
  }

  private TargetGroup group(int port) {
    return elb.createTargetGroup(
            r ->
                r.name("app")
                    .protocol(ProtocolEnum.HTTP)
                    .port(port)
                    .vpcId(VPC)
                    .targetType(TargetTypeEnum.IP))
        .targetGroups()
        .get(0);
  }

  @Test
  void aLoadBalancerWithAListenerAndARuleIsMadeAndRead() {
    LoadBalancer made = loadBalancer();
    assertThat(made.state().code()).isEqualTo(LoadBalancerStateEnum.PROVISIONING);
    endpoint.clock().advance(Duration.ofMinutes(2));
    assertThat(elb.describeLoadBalancers().loadBalancers().get(0).state().code())
        .isEqualTo(LoadBalancerStateEnum.ACTIVE);
    String listener =
        elb.createListener(
                r ->
                    r.loadBalancerArn(made.loadBalancerArn())
                        .port(80)
                        .protocol(ProtocolEnum.HTTP)
                        .defaultActions(
                            a ->
                                a.type(ActionTypeEnum.FIXED_RESPONSE)
                                    .fixedResponseConfig(f -> f.statusCode("404"))))
            .listeners()
            .get(0)
            .listenerArn();
    TargetGroup group = group(3000);
    Rule rule = rule(listener, group);
    assertThat(elb.describeRules(r -> r.listenerArn(listener)).rules())
        .extracting(Rule::priority)
        .containsExactly("7", "default");
    assertThat(rule.conditions().get(0).pathPatternConfig().values()).containsExactly("/*");
    assertThatThrownBy(() -> rule(listener, group)).isInstanceOf(PriorityInUseException.class);
    assertThat(
            elb.describeTags(r -> r.resourceArns(made.loadBalancerArn()))
                .tagDescriptions()
                .get(0)
                .tags()
                .get(0)
                .value())
        .isEqualTo("me");
    assertThat(elb.describeTargetGroups(r -> r.names("app")).targetGroups().get(0).matcher())
        .satisfies(matcher -> assertThat(matcher.httpCode()).isEqualTo("200"));
  }

  private Rule rule(String listener, TargetGroup group) {
    return elb.createRule(
            r ->
                r.listenerArn(listener)
                    .priority(7)
                    .conditions(c -> c.field("path-pattern").pathPatternConfig(p -> p.values("/*")))
                    .actions(
                        a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group.targetGroupArn())))
        .rules()
        .get(0);
  }

  @Test
  void whatHasNoTagsIsDescribedWithNone() {
    String arn = loadBalancer().loadBalancerArn();
    elb.removeTags(r -> r.resourceArns(arn).tagKeys("owner"));
    assertThat(elb.describeTags(r -> r.resourceArns(arn)).tagDescriptions())
        .singleElement()
        .satisfies(described -> assertThat(described.tags()).isEmpty());
  }

  @Test
  void aGroupOfTheSameNameWithOtherSettingsIsADuplicate() {
    String arn = group(3000).targetGroupArn();
    assertThat(group(3000).targetGroupArn()).isEqualTo(arn);
    assertThatThrownBy(() -> group(3001))
        .isInstanceOf(DuplicateTargetGroupNameException.class)
        .hasMessageContaining(
            "A target group with the same name 'app' exists, but with different settings");
  }

  @Test
  void aSecurityGroupAndItsRuleCarryTheTagsOfTheirCreateCalls() {
    String group =
        ec2.createSecurityGroup(
                r ->
                    r.groupName("app")
                        .description("of a test")
                        .vpcId(VPC)
                        .tagSpecifications(
                            t ->
                                t.resourceType(ResourceType.SECURITY_GROUP)
                                    .tags(tag -> tag.key("owner").value("me"))))
            .groupId();
    SecurityGroupRule rule =
        ec2.authorizeSecurityGroupIngress(
                r ->
                    r.groupId(group)
                        .ipPermissions(
                            IpPermission.builder()
                                .ipProtocol("tcp")
                                .fromPort(80)
                                .toPort(80)
                                .ipRanges(range -> range.cidrIp("0.0.0.0/0").description("all"))
                                .build())
                        .tagSpecifications(
                            t ->
                                t.resourceType(ResourceType.SECURITY_GROUP_RULE)
                                    .tags(tag -> tag.key("rule").value("http"))))
            .securityGroupRules()
            .get(0);
    Filter tagged = Filter.builder().name("tag:rule").values("http").build();
    assertThat(ec2.describeSecurityGroupRules(r -> r.filters(tagged)).securityGroupRules())
        .containsExactly(rule);
    assertThat(
            ec2.describeSecurityGroups(r -> r.groupIds(group))
                .securityGroups()
                .get(0)
                .ipPermissions()
                .get(0)
                .ipRanges()
                .get(0)
                .description())
        .isEqualTo("all");
    ec2.revokeSecurityGroupIngress(
        r -> r.groupId(group).securityGroupRuleIds(rule.securityGroupRuleId()));
    ec2.deleteSecurityGroup(r -> r.groupId(group));
    assertThatThrownBy(() -> ec2.deleteSecurityGroup(r -> r.groupId(group)))
        .isInstanceOfSatisfying(
            Ec2Exception.class,
            error ->
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidGroup.NotFound"));
  }

  @Test
  void subnetsAreChosenByTag() {
    Filter inner = Filter.builder().name("tag:tier").values("private").build();
    assertThat(ec2.describeSubnets(r -> r.filters(inner)).subnets())
        .extracting(subnet -> subnet.subnetId())
        .containsExactly("subnet-0bbb0000000000001", "subnet-0bbb0000000000002");
  }
}
