package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.api.v1alpha1.environment.ListenerStatus;
import dev.fargate.api.v1alpha1.environment.LoadBalancerStatus;
import dev.fargate.api.v1alpha1.environment.LogGroupStatus;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.build.Ids;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * What an object will have published once its plan is carried out: where AWS does not have it yet,
 * the text {@code (known after: X)} stands in, so that what refers to it can be planned.
 */
public final class Foreseen {
  private Foreseen() {}

  /** Fills the gaps of an environment's status. */
  public static FargateEnvironmentStatus in(
      FargateEnvironment environment, FargateEnvironmentStatus status) {
    if (status.clusterArn == null) {
      status.clusterArn = after(Ids.CLUSTER, environment);
    }
    if (status.namespaceId == null && environment.getSpec().privateDns != null) {
      status.namespaceId = after(Ids.NAMESPACE, environment);
    }
    for (LogGroupStatus group : status.logGroups) {
      if (group.logGroupName == null) {
        group.logGroupName = after(Ids.sharedLogGroup(group.name), environment);
      }
    }
    for (LoadBalancerStatus balancer : status.loadBalancers) {
      String arn = after(Ids.loadBalancer(balancer.name), environment);
      balancer.arn = balancer.arn == null ? arn : balancer.arn;
      balancer.dnsName = balancer.dnsName == null ? arn : balancer.dnsName;
      if (balancer.canonicalHostedZoneId == null) {
        balancer.canonicalHostedZoneId = after(Ids.loadBalancer(balancer.name), environment);
      }
      if (balancer.securityGroupId == null) {
        balancer.securityGroupId = after(Ids.loadBalancerGroup(balancer.name), environment);
      }
      for (ListenerStatus listener : balancer.listeners) {
        if (listener.arn == null) {
          listener.arn = after(Ids.listener(balancer.name, listener.port), environment);
        }
      }
    }
    return status;
  }

  /** Fills the gaps of a database's status. */
  public static FargateDatabaseStatus in(FargateDatabase database, FargateDatabaseStatus status) {
    if (status.secretArn == null) {
      status.secretArn = after(Ids.CREDENTIALS, database);
    }
    if (status.securityGroupId == null) {
      status.securityGroupId = after(Ids.TASK_GROUP, database);
    }
    return status;
  }

  /** Fills the gaps of an app's status. */
  public static FargateAppStatus in(FargateApp app, FargateAppStatus status) {
    String kind = Kind.SECURITY_GROUP.label();
    if (status.resources.stream().noneMatch(resource -> kind.equals(resource.kind))) {
      OwnedResource group = new OwnedResource();
      group.kind = kind;
      group.arn = after(Ids.TASK_GROUP, app);
      List<OwnedResource> resources = new ArrayList<>(status.resources);
      resources.add(group);
      status.resources = resources;
    }
    return status;
  }

  private static String after(Object what, HasMetadata holder) {
    return "(known after: "
        + what
        + " of "
        + holder.getKind()
        + " "
        + holder.getMetadata().getName()
        + ")";
  }
}
