package dev.fargate.api.v1alpha1;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the tasks of an app or database stand, and who else may reach them. What is absent comes
 * from the environment.
 */
@ApiObject
public class Network {

  public Subnets subnets;

  public List<String> securityGroupIds = new ArrayList<>();

  public Boolean assignPublicIp;

  public List<LocalReference> allowFrom = new ArrayList<>();
}
