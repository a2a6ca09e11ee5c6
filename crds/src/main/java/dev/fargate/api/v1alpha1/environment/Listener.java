package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** One port of a load balancer. */
@ApiObject
public class Listener {

  public Integer port;

  public String protocol;

  public List<String> certificateArns = new ArrayList<>();

  public String sslPolicy;

  public String redirect;
}
