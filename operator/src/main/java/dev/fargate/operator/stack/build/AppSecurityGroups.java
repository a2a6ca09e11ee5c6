package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.LocalReference;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.Port;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.SecurityGroupRule.Peer;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The app's own group and every grant it needs: its load balancers and the apps of {@code
 * allowFrom} may reach it, it may reach its databases. Nobody else.
 */
final class AppSecurityGroups {
  private static final Value OWN_GROUP = Value.ref(Ids.TASK_GROUP, Output.ID);

  private AppSecurityGroups() {}

  static List<Resource> build(Owner owner, AppSpecView view, References references) {
    List<Resource> resources = new ArrayList<>();
    resources.add(group(owner, view.place().vpcId()));
    for (Ingress ingress : view.spec().ingresses) {
      Place.PublishedLoadBalancer balancer = view.loadBalancer(ingress);
      for (int port : trafficAndHealthPorts(view, ingress)) {
        SecurityGroupRule rule =
            rule(
                "lb-" + balancer.name() + "-" + port,
                OWN_GROUP,
                "tcp",
                port,
                Value.known(balancer.securityGroupId()));
        // Two ingresses may share a load balancer and a port: one grant serves both.
        if (resources.stream().noneMatch(known -> known.id().equals(rule.id()))) {
          resources.add(rule);
        }
      }
    }
    if (view.spec().network != null) {
      for (LocalReference member : view.spec().network.allowFrom) {
        for (Port port : view.spec().ports) {
          String protocol = port.protocol == null ? "tcp" : port.protocol.toLowerCase(Locale.ROOT);
          resources.add(
              rule(
                  "app-" + member.name + "-" + port.containerPort + "-" + protocol,
                  OWN_GROUP,
                  protocol,
                  port.containerPort,
                  Value.known(references.members().get(member.name))));
        }
      }
    }
    for (String database : databases(view)) {
      DatabaseEndpoint endpoint = references.databases().get(database);
      resources.add(
          rule(
              "db-" + database,
              Value.known(endpoint.securityGroupId()),
              "tcp",
              endpoint.port(),
              OWN_GROUP));
    }
    return resources;
  }

  static SecurityGroup group(Owner owner, String vpcId) {
    return new SecurityGroup(
        Ids.TASK_GROUP,
        Names.readable(owner, Ids.TASK_GROUP, vpcId),
        "Tasks of " + owner.reference() + ", made by fargate-operator",
        vpcId);
  }

  static SecurityGroupRule rule(String what, Value group, String protocol, int port, Value peer) {
    return new SecurityGroupRule(
        Ids.grant(what), group, protocol, port, port, new Peer(peer, null), what);
  }

  private static SortedSet<Integer> trafficAndHealthPorts(AppSpecView view, Ingress ingress) {
    SortedSet<Integer> ports = new TreeSet<>();
    ports.add(view.port(ingress));
    if (ingress.healthCheck != null && ingress.healthCheck.port != null) {
      ports.add(ingress.healthCheck.port);
    }
    return ports;
  }

  private static SortedSet<String> databases(AppSpecView view) {
    SortedSet<String> names = new TreeSet<>();
    for (EnvVar variable : view.spec().env) {
      if (variable.valueFrom != null && variable.valueFrom.databaseRef != null) {
        names.add(variable.valueFrom.databaseRef.name);
      }
    }
    return names;
  }
}
