package dev.fargate.api.v1alpha1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A choice of one: subnets by id, or all subnets of the VPC that carry the given tags. */
@ApiObject
public class Subnets {

  public List<String> ids = new ArrayList<>();

  public Map<String, String> tags = new LinkedHashMap<>();
}
