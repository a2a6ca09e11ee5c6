package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.OwnedResource;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;

/** What is, and what apps use: cluster, network, namespace and load balancers. */
@ApiObject
public class FargateEnvironmentStatus {

  public Long observedGeneration;

  public List<Condition> conditions = new ArrayList<>();

  public String accountId;

  public String region;

  public String clusterArn;

  public String clusterName;

  public String namespaceId;

  public String vpcId;

  public List<String> subnetIds = new ArrayList<>();

  public List<LoadBalancerStatus> loadBalancers = new ArrayList<>();

  public Integer userCount;

  public List<String> users = new ArrayList<>();

  public List<OwnedResource> resources = new ArrayList<>();

  public String lastObservedTime;
}
