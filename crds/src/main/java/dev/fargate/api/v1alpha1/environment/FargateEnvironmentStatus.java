package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.ObjectStatus;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** What is, and what apps use: cluster, network, namespace and load balancers. */
@ApiObject
public class FargateEnvironmentStatus extends ObjectStatus {

  @Doc("The AWS account.")
  @Size(max = 12)
  public String accountId;

  @Doc("The region that all this is in.")
  @Size(max = 32)
  public String region;

  @Doc("The cluster.")
  @Size(max = 2048)
  public String clusterArn;

  @Doc("The cluster's name, for the CLUSTER column.")
  @Size(max = 255)
  public String clusterName;

  @Doc("The Cloud Map namespace.")
  @Size(max = 64)
  public String namespaceId;

  @Doc("The VPC.")
  @Size(max = 32)
  public String vpcId;

  @Doc("The subnets of tasks, after tags were looked up.")
  @Size(max = 16)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 32) String> subnetIds = new ArrayList<>();

  @Doc("The load balancers.")
  @Size(max = 5)
  @Items(Items.Kind.MAP)
  public List<LoadBalancerStatus> loadBalancers = new ArrayList<>();

  @Doc("The shared log groups.")
  @Size(max = 20)
  @Items(Items.Kind.MAP)
  public List<LogGroupStatus> logGroups = new ArrayList<>();

  @Doc("The public zones in which apps get names: those of the spec once all of them are well.")
  @Size(max = 10)
  @Items(Items.Kind.ATOMIC)
  public List<PublicZone> publicZones;

  @Doc("How many apps and databases use the environment.")
  public Integer userCount;

  @Doc("The first 50 of them, as Kind namespace/name.")
  @Size(max = 50)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 160) String> users = new ArrayList<>();
}
