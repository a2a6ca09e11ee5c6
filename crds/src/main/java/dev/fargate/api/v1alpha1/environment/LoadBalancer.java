package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Subnets;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** A load balancer that the apps of the environment share. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.existing) || (!has(self.scheme) && !has(self.subnets) && !has(self.listeners) &&"
            + " !has(self.allowedCidrs))",
    message =
        "an existing load balancer is used as it is: remove scheme, subnets, listeners and"
            + " allowedCidrs",
    fieldPath = ".existing")
@ValidationRule(
    value =
        "has(self.existing) || (has(self.scheme) && has(self.listeners) && size(self.listeners) >"
            + " 0)",
    message = "set scheme (InternetFacing or Internal) and at least one listener, or existing.arn")
@ValidationRule(
    value =
        "has(self.existing) == has(oldSelf.existing) && (!has(self.existing) || self.existing.arn"
            + " == oldSelf.existing.arn)",
    message =
        "existing cannot change: add a load balancer of another name, move the apps, remove this"
            + " one")
@ValidationRule(
    value = "has(self.existing) || has(oldSelf.existing) || self.scheme == oldSelf.scheme",
    message =
        "scheme cannot change: add a load balancer of another name, move the apps, remove this one")
@ValidationRule(
    value =
        "!has(self.listeners) || !self.listeners.exists(l, has(l.redirect)) ||"
            + " self.listeners.exists(l, l.protocol == 'HTTPS')",
    message = "redirect: HTTPS needs a listener with protocol HTTPS; add one or remove redirect",
    fieldPath = ".listeners")
public class LoadBalancer {

  @Doc(
      value = "Name by which ingresses refer to the load balancer.",
      example = "web",
      edit = Edit.REPLACEMENT)
  @Required
  @Size(min = 1, max = 32)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(
      value = "Type of the load balancer.",
      absent = "Application",
      aws = "LoadBalancer.Type",
      edit = Edit.FORBIDDEN)
  @Values({"Application"})
  public String type;

  @Doc(
      value =
          "Who reaches it: InternetFacing has public addresses, Internal has private ones. Required"
              + " unless existing is set: being public is a decision.",
      aws = "LoadBalancer.Scheme",
      edit = Edit.FORBIDDEN)
  @Values({Scheme.INTERNET_FACING, Scheme.INTERNAL})
  public String scheme;

  @Doc(
      value = "Its subnets, in two zones at least.",
      absent = "network.subnets of the environment",
      aws = "LoadBalancer.Subnets",
      edit = Edit.IN_PLACE)
  public Subnets subnets;

  @Doc(
      value =
          "A load balancer that somebody else owns. Its listeners are used as they are, found in"
              + " AWS; rules are added to them.",
      absent = "the operator creates a load balancer")
  public ExistingLoadBalancer existing;

  @Doc(
      value = "Its ports. A request that no rule matches is answered 404.",
      example = "[{port: 80, protocol: HTTP}]",
      aws = "Listener")
  @Size(max = 10)
  @Items(value = Items.Kind.MAP, key = "port")
  public List<Listener> listeners = new ArrayList<>();

  @Doc(
      value = "Addresses that may connect.",
      absent = "0.0.0.0/0",
      example = "[203.0.113.0/24]",
      aws = "ingress rules of the load balancer's security group",
      edit = Edit.IN_PLACE)
  @Size(max = 20)
  @Items(Items.Kind.SET)
  public List<@Size(max = 64) @Pattern(Syntax.CIDR) String> allowedCidrs = new ArrayList<>();
}
