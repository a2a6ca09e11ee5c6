package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** A load balancer as AWS knows it. */
@ApiObject
public class LoadBalancerStatus {

  public String name;

  public String arn;

  public String dnsName;

  public String canonicalHostedZoneId;

  public String state;

  public String securityGroupId;

  public List<ListenerStatus> listeners = new ArrayList<>();

  public Integer rulesUsed;
}
