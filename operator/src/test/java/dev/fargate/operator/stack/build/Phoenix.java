package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.operator.stack.Owner;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** The Phoenix sample in a place that has published everything. */
public final class Phoenix {
  public static final Owner APP = new Owner("acme", "FargateApp", "default", "phoenix");
  public static final Owner DATABASE =
      new Owner("acme", "FargateDatabase", "default", "phoenix-db");

  private Phoenix() {}

  public static FargateApp app() {
    return Serialization.unmarshal(
        """
        apiVersion: fargate.dev/v1alpha1
        kind: FargateApp
        metadata: {name: phoenix, namespace: default, creationTimestamp: "2026-11-21T08:00:00Z", generation: 1}
        spec:
          environment: phoenix
          image: phoenix:1
          ports: [{name: http, containerPort: 3000}]
          env:
            - {name: PORT, value: "3000"}
            - {name: DB_CONNECTION_STRING, valueFrom: {databaseRef: {name: phoenix-db, key: connectionString}}}
          autoscaling: {minReplicas: 1, maxReplicas: 4, cpuPercent: 70, requestsPerMinutePerTask: 600}
          ingresses:
            - {name: web, portName: http, paths: ["/*"], healthCheck: {path: /healthz}}
        """,
        FargateApp.class);
  }

  public static FargateDatabase database() {
    return Serialization.unmarshal(
        """
        apiVersion: fargate.dev/v1alpha1
        kind: FargateDatabase
        metadata: {name: phoenix-db, namespace: default, creationTimestamp: "2026-11-21T08:00:00Z", generation: 1}
        spec:
          environment: phoenix
          engine: mongodb
          version: "7.0"
          databaseName: demoDB
          privateDns: {name: mongo}
          storage: {ephemeral: {}}
        """,
        FargateDatabase.class);
  }

  public static Place place() {
    var defaults = new dev.fargate.api.v1alpha1.environment.Defaults();
    defaults.executionRoleArn = "arn:aws:iam::123456789012:role/execution";
    return new Place(
        "phoenix",
        "eu-central-1",
        "123456789012",
        "arn:aws:ecs:eu-central-1:123456789012:cluster/phoenix",
        "phoenix",
        "ns-1",
        "phoenix.internal",
        "vpc-0123456789abcdef0",
        List.of("subnet-0bbb0000000000001", "subnet-0bbb0000000000002"),
        List.of(),
        false,
        Map.of("public", balancer()),
        Map.of(),
        Map.of(),
        defaults);
  }

  public static References references() {
    return new References(
        Map.of(
            "phoenix-db",
            new DatabaseEndpoint(
                "phoenix-db",
                "mongo.phoenix.internal",
                27017,
                "demoDB",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf",
                "sg-0db00000000000000")),
        Map.of(),
        Map.of());
  }

  private static Place.PublishedLoadBalancer balancer() {
    return new Place.PublishedLoadBalancer(
        "public",
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/lb/0123456789abcdef",
        "lb.example.com",
        "Z215JYRZR1TBD5",
        "sg-0lb00000000000000",
        List.of(new Place.PublishedListener(80, "HTTP", "arn:listener/80", false)));
  }
}
