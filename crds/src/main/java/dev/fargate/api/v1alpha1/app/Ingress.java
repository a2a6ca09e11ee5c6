package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** One way in through a load balancer of the environment: a target group and its listener rules. */
@ApiObject
@ValidationRule(
    value =
        "(has(self.hosts) ? size(self.hosts) : 0) + (has(self.paths) ? size(self.paths) : 0) +"
            + " (has(self.allowedCidrs) ? size(self.allowedCidrs) : 0) <= 5",
    message =
        "AWS takes five values per rule: hosts, paths and allowedCidrs together are more; spread"
            + " them over several ingresses")
@ValidationRule(
    value =
        "!has(self.slowStartSeconds) || self.slowStartSeconds == 0 || self.slowStartSeconds >= 30",
    message = "slowStartSeconds is 0 or 30 to 900",
    fieldPath = ".slowStartSeconds")
@ValidationRule(
    value =
        "!has(self.slowStartSeconds) || self.slowStartSeconds == 0 || !has(self.algorithm) ||"
            + " self.algorithm == 'round_robin'",
    message =
        "slow start works with algorithm round_robin only; remove slowStartSeconds or algorithm",
    fieldPath = ".slowStartSeconds")
public class Ingress {

  @Doc(value = "Name of the ingress within the app.", example = "web", edit = Edit.REPLACEMENT)
  @Required
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(
      value = "Name of one of the environment's loadBalancers.",
      absent = "the environment's load balancer, if it has exactly one",
      example = "web",
      aws = "ListenerRule.listenerArn",
      edit = Edit.REPLACEMENT)
  @Size(min = 1, max = 32)
  @Pattern(Syntax.DNS_LABEL)
  public String loadBalancer;

  @Doc(
      value = "Port of the listener.",
      absent =
          "every HTTPS listener of the load balancer; if it has none, every HTTP listener that does"
              + " not redirect",
      example = "80",
      aws = "ListenerRule.listenerArn",
      edit = Edit.REPLACEMENT)
  @Min(1)
  @Max(65535)
  public Integer listenerPort;

  @Doc(
      value = "Name of the port in ports to send to.",
      absent = "the only port",
      example = "http",
      aws = "TargetGroup.port, Service.loadBalancers.containerPort",
      edit = Edit.REPLACEMENT)
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String portName;

  @Doc(
      value =
          "Host names to serve; * and ? are wildcards. Hosts, paths and allowedCidrs together are"
              + " at most five.",
      absent = "every host",
      example = "[phoenix.example.com]",
      aws = "ListenerRule.conditions host-header",
      edit = Edit.IN_PLACE)
  @Size(max = 5)
  @Items(Items.Kind.SET)
  public List<@Size(max = 128) @Pattern("^[A-Za-z0-9*?.-]*\\.[A-Za-z*?]+$") String> hosts =
      new ArrayList<>();

  @Doc(
      value =
          "Paths to serve, case-sensitive and without the query; * and ? are wildcards. A longer"
              + " path comes before a shorter one, over all apps.",
      absent = "every path",
      example = "['/api/*']",
      aws = "ListenerRule.conditions path-pattern",
      edit = Edit.IN_PLACE)
  @Size(max = 5)
  @Items(Items.Kind.SET)
  public List<@Size(max = 128) @Pattern("^[/*][A-Za-z0-9_.$/~\"'@:+&*?-]*$") String> paths =
      new ArrayList<>();

  @Doc(
      value =
          "Priority of the first rule, against the order that hosts and paths give it; smaller"
              + " comes first.",
      absent = "computed from hosts and paths",
      aws = "ListenerRule.priority",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(50000)
  public Integer priorityBase;

  @Doc(
      value = "How the load balancer learns that a task is healthy.",
      aws = "TargetGroup.healthCheck*")
  public IngressHealthCheck healthCheck;

  @Doc(
      value =
          "Seconds that a task may still answer open requests after it was taken out. A rollout"
              + " takes at least this long.",
      absent = "" + FieldDefaults.DEREGISTRATION_DELAY_SECONDS,
      example = "120",
      aws = "TargetGroup attribute deregistration_delay.timeout_seconds",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(3600)
  public Integer deregistrationDelaySeconds;

  @Doc(
      value = "Seconds over which a new task's share of requests grows; 0 or 30 to 900.",
      absent = "0",
      aws = "TargetGroup attribute slow_start.duration_seconds",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(900)
  public Integer slowStartSeconds;

  @Doc(
      value = "Sends a browser to the same task again, by a cookie of the load balancer.",
      absent = "off",
      aws = "TargetGroup attributes stickiness.*")
  public Stickiness stickiness;

  @Doc(
      value = "How the load balancer chooses a task.",
      absent = "round_robin",
      aws = "TargetGroup attribute load_balancing.algorithm.type",
      edit = Edit.IN_PLACE)
  @Values({"round_robin", "least_outstanding_requests", "weighted_random"})
  public String algorithm;

  @Doc(
      value = "Addresses that may use this ingress; requests from others find no rule.",
      absent = "everyone whom the load balancer lets in",
      example = "[203.0.113.0/24]",
      aws = "ListenerRule.conditions source-ip",
      edit = Edit.IN_PLACE)
  @Size(max = 5)
  @Items(Items.Kind.SET)
  public List<@Size(max = 64) @Pattern(Syntax.CIDR) String> allowedCidrs = new ArrayList<>();

  @Doc(
      value =
          "Auto: each host that lies inside of a public zone of the environment gets an alias record"
              + " to the load balancer in Route 53, with a text record beside it that says whose it"
              + " is; they go with the host. A record of that name that somebody else has made is a"
              + " Conflict and stays. Hosts outside of the zones, and patterns that no DNS name has,"
              + " get none. None: no records.",
      absent = DnsMode.AUTO,
      aws = "ResourceRecordSet",
      edit = Edit.IN_PLACE)
  @Values({DnsMode.AUTO, DnsMode.NONE})
  public String dns;
}
