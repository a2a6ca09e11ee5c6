package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** One way in through a load balancer of the environment: a target group and its listener rules. */
@ApiObject
public class Ingress {

  public String name;

  public String loadBalancer;

  public Integer listenerPort;

  public String portName;

  public List<String> hosts = new ArrayList<>();

  public List<String> paths = new ArrayList<>();

  public Integer priorityBase;

  public IngressHealthCheck healthCheck;

  public Integer deregistrationDelaySeconds;

  public Integer slowStartSeconds;

  public Stickiness stickiness;

  public String algorithm;

  public List<String> allowedCidrs = new ArrayList<>();
}
