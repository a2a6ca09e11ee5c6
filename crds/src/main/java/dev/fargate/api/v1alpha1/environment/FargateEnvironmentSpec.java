package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A place to run: account, region, cluster, network, load balancers, and who may use it. */
@ApiObject
public class FargateEnvironmentSpec {

  public String region;

  public AssumeRole assumeRole;

  public Map<String, String> endpointOverrides = new LinkedHashMap<>();

  public Cluster cluster;

  public EnvironmentNetwork network;

  public DnsNamespace privateDns;

  public List<LoadBalancer> loadBalancers = new ArrayList<>();

  public Defaults defaults;

  public Access access;

  public String adoption;

  public String deletionPolicy;
}
