package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.Port;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.stack.ResourceId;
import java.util.List;
import java.util.NoSuchElementException;

/** A valid app spec beside its place, with the questions that several builders ask of it. */
record AppSpecView(FargateApp app, Place place) {
  FargateAppSpec spec() {
    return app.getSpec();
  }

  String containerName() {
    return spec().containerName != null ? spec().containerName : app.getMetadata().getName();
  }

  /** The container port an ingress sends to: the named one, or the only one. */
  int port(Ingress ingress) {
    for (Port port : spec().ports) {
      if (ingress.portName == null || ingress.portName.equals(port.name)) {
        return port.containerPort;
      }
    }
    throw new NoSuchElementException(
        "validation lets no ingress without its port through: " + ingress.name);
  }

  /** The load balancer of an ingress; validation has seen that it exists. */
  Place.PublishedLoadBalancer loadBalancer(Ingress ingress) {
    return place.loadBalancer(ingress.loadBalancer).orElseThrow();
  }

  List<Place.PublishedListener> listeners(Ingress ingress) {
    return loadBalancer(ingress).listenersFor(ingress.listenerPort);
  }

  /** Whether ECS moves traffic from one target group of an ingress to another. */
  boolean shiftsTraffic() {
    return spec().rollout != null && RolloutStrategy.shiftsTraffic(spec().rollout.strategy);
  }

  /** One, or the two that traffic moves between. */
  List<ResourceId> targetGroups(Ingress ingress) {
    ResourceId group = Ids.targetGroup(ingress.name);
    return shiftsTraffic()
        ? List.of(group, Ids.alternateTargetGroup(ingress.name))
        : List.of(group);
  }

  boolean autoscaled() {
    return spec().autoscaling != null;
  }

  boolean suspended() {
    return Boolean.TRUE.equals(spec().suspend);
  }
}
