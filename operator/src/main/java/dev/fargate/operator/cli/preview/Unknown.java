package dev.fargate.operator.cli.preview;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.api.v1alpha1.environment.Access;
import dev.fargate.api.v1alpha1.environment.Cluster;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.api.v1alpha1.environment.DnsNamespace;
import dev.fargate.api.v1alpha1.environment.EnvironmentNetwork;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.api.v1alpha1.environment.ImageAccess;
import dev.fargate.api.v1alpha1.environment.ListenerStatus;
import dev.fargate.api.v1alpha1.environment.LoadBalancerStatus;
import dev.fargate.api.v1alpha1.environment.LogGroupStatus;
import dev.fargate.api.v1alpha1.environment.NetworkAccess;
import dev.fargate.api.v1alpha1.environment.PriorityAccess;
import dev.fargate.operator.stack.Kind;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Set;

/** Objects that files refer to and that nobody gave: everything about them is unknown. */
final class Unknown {
  /** Where an unknown load balancer is taken to listen when no app names a port. */
  private static final int HTTPS = 443;

  private Unknown() {}

  static String after(String what) {
    return "(known after: " + what + ")";
  }

  /**
   * @param loadBalancers the names that apps use; one stands for an ingress that names none
   * @param logGroups the names of shared ones that apps and databases use
   */
  static FargateEnvironment environment(
      String name, Set<String> loadBalancers, Set<Integer> ports, Set<String> logGroups) {
    String unknown = after("FargateEnvironment " + name);
    FargateEnvironment environment = new FargateEnvironment();
    environment.setMetadata(new ObjectMetaBuilder().withName(name).build());
    environment.setSpec(new FargateEnvironmentSpec());
    environment.getSpec().region = unknown;
    environment.getSpec().cluster = new Cluster();
    environment.getSpec().network = new EnvironmentNetwork();
    environment.getSpec().network.vpcId = unknown;
    environment.getSpec().privateDns = new DnsNamespace();
    environment.getSpec().privateDns.domain = unknown;
    environment.getSpec().access = everything();
    environment.getSpec().defaults = new Defaults();
    environment.getSpec().defaults.topicArn = unknown;
    environment.getSpec().defaults.executionRoleArn = unknown;
    environment.getSpec().defaults.backupRoleArn = unknown;
    environment.getSpec().defaults.infrastructureRoleArn = unknown;
    FargateEnvironmentStatus status = new FargateEnvironmentStatus();
    status.accountId = unknown;
    status.clusterArn = unknown;
    status.clusterName = unknown;
    status.namespaceId = unknown;
    status.vpcId = unknown;
    status.subnetIds = List.of(unknown);
    status.loadBalancers =
        (loadBalancers.isEmpty() ? Set.of("load-balancer") : loadBalancers)
            .stream().map(balancer -> loadBalancer(balancer, ports, unknown)).toList();
    status.logGroups = logGroups.stream().map(group -> logGroup(group, unknown)).toList();
    environment.setStatus(status);
    return environment;
  }

  private static LogGroupStatus logGroup(String name, String unknown) {
    LogGroupStatus group = new LogGroupStatus();
    group.name = name;
    group.logGroupName = unknown;
    return group;
  }

  /** What an unknown environment allows is not known either, so nothing is refused. */
  private static Access everything() {
    List<String> all = List.of("*");
    Access access = new Access();
    access.taskRoleArns = all;
    access.executionRoleArns = all;
    access.hosts = all;
    access.images = new ImageAccess();
    access.images.prefixes = all;
    access.secretArnPrefixes = all;
    access.ssmParameterPrefixes = all;
    access.networkOverrides = new NetworkAccess();
    access.networkOverrides.subnetIds = all;
    access.networkOverrides.securityGroupIds = all;
    access.networkOverrides.assignPublicIp = true;
    access.topicArns = all;
    access.dnsNames = all;
    access.rulePriorities = PriorityAccess.CHOSEN;
    return access;
  }

  private static LoadBalancerStatus loadBalancer(String name, Set<Integer> ports, String unknown) {
    LoadBalancerStatus balancer = new LoadBalancerStatus();
    balancer.name = name;
    balancer.arn = unknown;
    balancer.dnsName = unknown;
    balancer.securityGroupId = unknown;
    for (int port : ports.isEmpty() ? Set.of(HTTPS) : ports) {
      ListenerStatus listener = new ListenerStatus();
      listener.port = port;
      listener.protocol = port == HTTPS ? "HTTPS" : "HTTP";
      listener.arn = unknown;
      balancer.listeners.add(listener);
    }
    return balancer;
  }

  static FargateDatabase database(String namespace, String name) {
    String unknown = after("FargateDatabase " + name);
    FargateDatabase database = new FargateDatabase();
    database.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    FargateDatabaseStatus status = new FargateDatabaseStatus();
    status.host = unknown;
    status.port = MONGODB_PORT;
    status.databaseName = unknown;
    status.secretArn = unknown;
    status.securityGroupId = unknown;
    database.setStatus(status);
    return database;
  }

  /** The one engine there is. */
  private static final int MONGODB_PORT = 27017;

  static FargateApp app(String namespace, String name) {
    FargateApp app = new FargateApp();
    app.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    FargateAppStatus status = new FargateAppStatus();
    OwnedResource group = new OwnedResource();
    group.kind = Kind.SECURITY_GROUP.label();
    group.arn = after("FargateApp " + name);
    status.resources = List.of(group);
    app.setStatus(status);
    return app;
  }
}
