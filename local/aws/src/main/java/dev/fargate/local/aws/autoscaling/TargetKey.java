package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scalable target is known by: the desired count of one ECS service. */
record TargetKey(String accountId, String region, String cluster, String service) {
  static final String DIMENSION = "ecs:service:DesiredCount";
  private static final Pattern RESOURCE_ID =
      Pattern.compile("service/([A-Za-z0-9_-]{1,255})/([A-Za-z0-9_-]{1,255})");

  /** From the namespace, resource id and dimension of a request. */
  static TargetKey of(Struct in, Caller caller) {
    requireNamespace(in);
    if (!in.string("ScalableDimension").orElse(DIMENSION).equals(DIMENSION)) {
      throw AutoScalingError.invalid(
          "Unsupported service namespace, resource type or scalable dimension");
    }
    String id = in.required("ResourceId");
    Matcher matcher = RESOURCE_ID.matcher(id);
    if (!matcher.matches()) {
      throw AutoScalingError.invalid("Unsupported resource ID: " + id);
    }
    return new TargetKey(caller.accountId(), caller.region(), matcher.group(1), matcher.group(2));
  }

  static void requireNamespace(Struct in) {
    String namespace = in.required("ServiceNamespace");
    if (!namespace.equals("ecs")) {
      throw AutoScalingError.unsupported("service namespace " + namespace, "use ecs.");
    }
  }

  String resourceId() {
    return "service/" + cluster + "/" + service;
  }

  String clusterArn() {
    return "arn:aws:ecs:" + region + ":" + accountId + ":cluster/" + cluster;
  }

  /** The service as a metric dimension. */
  String dimension() {
    return cluster + "/" + service;
  }
}
