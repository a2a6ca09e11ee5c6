package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Subnets;
import java.util.ArrayList;
import java.util.List;

/** The VPC, and where tasks stand unless an app says otherwise. */
@ApiObject
public class EnvironmentNetwork {

  public String vpcId;

  public Subnets subnets;

  public List<String> securityGroupIds = new ArrayList<>();

  public Boolean assignPublicIp;
}
