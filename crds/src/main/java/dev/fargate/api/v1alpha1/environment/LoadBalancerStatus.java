package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** A load balancer as AWS knows it. */
@ApiObject
public class LoadBalancerStatus {

  @Doc("Its name in the spec.")
  @Required
  @Size(max = 32)
  public String name;

  @Doc("Its ARN.")
  @Size(max = 2048)
  public String arn;

  @Doc("Its DNS name.")
  @Size(max = 255)
  public String dnsName;

  @Doc("Route 53's zone of that name, for alias records.")
  @Size(max = 64)
  public String canonicalHostedZoneId;

  @Doc("AWS's state, such as active.")
  @Size(max = 32)
  public String state;

  @Doc("Its security group, from which the apps' groups let requests in.")
  @Size(max = 64)
  public String securityGroupId;

  @Doc("Its listeners.")
  @Size(max = 50)
  @Items(Items.Kind.ATOMIC)
  public List<ListenerStatus> listeners = new ArrayList<>();

  @Doc("Rules in use over all listeners; AWS allows 100 unless the quota was raised.")
  public Integer rulesUsed;
}
