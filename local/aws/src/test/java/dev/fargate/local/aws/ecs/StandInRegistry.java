package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A registry with one service, whose instances a test reads. */
final class StandInRegistry implements ServiceRegistry {
  static final String ARN = "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-web";

  final Map<String, Map<String, String>> instances = new LinkedHashMap<>();
  final Map<String, Boolean> healthy = new LinkedHashMap<>();

  @Override
  public boolean hasService(String serviceArn) {
    return serviceArn.equals(ARN);
  }

  @Override
  public void register(String serviceArn, String instanceId, Map<String, String> attributes) {
    instances.put(instanceId, attributes);
  }

  @Override
  public void deregister(String serviceArn, String instanceId) {
    instances.remove(instanceId);
  }

  @Override
  public void setHealthy(String serviceArn, String instanceId, boolean nowHealthy) {
    healthy.put(instanceId, nowHealthy);
  }

  @Override
  public Map<String, List<String>> records(String vpcId) {
    return Map.of();
  }

  @Override
  public void onChange(Runnable listener) {
    // Nobody resolves names here.
  }
}
