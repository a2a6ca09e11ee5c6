package dev.fargate.operator.plan;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.Port;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.AppStack;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.stack.build.References;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Apps for the planner's tests, made into stacks by the real builder. */
final class Apps {
  static final Owner OWNER = new Owner("tests", "FargateApp", "default", "web");
  static final String LISTENER = "arn:aws:elasticloadbalancing:listener/app/lb/1/80";

  private Apps() {}

  /** One ingress on port 8080, a secret variable, a private name, one replica. */
  static FargateAppSpec web() {
    FargateAppSpec spec = new FargateAppSpec();
    spec.image = "web:1";
    spec.replicas = 1;
    spec.ports.add(port("http", 8080));
    spec.ingresses.add(ingress("web", "http", "web.example.com", "/*"));
    EnvVar secret = new EnvVar();
    secret.name = "TOKEN";
    secret.valueFrom = new ValueFrom();
    secret.valueFrom.secretKeyRef = new KeyReference();
    secret.valueFrom.secretKeyRef.name = "web";
    secret.valueFrom.secretKeyRef.key = "token";
    spec.env.add(secret);
    spec.privateDns = dns("web");
    return spec;
  }

  static FargateAppSpec web(Consumer<FargateAppSpec> change) {
    FargateAppSpec spec = web();
    change.accept(spec);
    return spec;
  }

  static Port port(String name, int number) {
    Port port = new Port();
    port.name = name;
    port.containerPort = number;
    return port;
  }

  static Ingress ingress(String name, String portName, String host, String path) {
    Ingress ingress = new Ingress();
    ingress.name = name;
    ingress.portName = portName;
    ingress.hosts.add(host);
    ingress.paths.add(path);
    return ingress;
  }

  static PrivateDns dns(String name) {
    PrivateDns dns = new PrivateDns();
    dns.name = name;
    return dns;
  }

  static Autoscaling scaling(int min, int max, Integer requestsPerMinute) {
    Autoscaling scaling = new Autoscaling();
    scaling.minReplicas = min;
    scaling.maxReplicas = max;
    scaling.cpuPercent = 70;
    scaling.requestsPerMinutePerTask = requestsPerMinute;
    return scaling;
  }

  static Stack stack(FargateAppSpec spec) {
    return stack(spec, place("ns-1"));
  }

  static Stack stack(FargateAppSpec spec, Place place) {
    FargateApp app = new FargateApp();
    app.setMetadata(new ObjectMeta());
    app.getMetadata().setName(OWNER.name());
    app.getMetadata().setNamespace(OWNER.namespace());
    app.setSpec(spec);
    return AppStack.build(OWNER, app, place, References.none());
  }

  static Place place(String namespaceId) {
    return new Place(
        "default",
        "eu-central-1",
        "123456789012",
        "arn:aws:ecs:cluster/default",
        "default",
        namespaceId,
        "internal",
        "vpc-1",
        List.of("subnet-a", "subnet-b"),
        List.of(),
        false,
        Map.of(
            "lb",
            new Place.PublishedLoadBalancer(
                "lb",
                "arn:aws:elasticloadbalancing:loadbalancer/app/lb/1",
                "lb.example.com",
                "Z215JYRZR1TBD5",
                "sg-lb",
                List.of(new Place.PublishedListener(80, "HTTP", LISTENER, false)))),
        Map.of(),
        Map.of(),
        null);
  }

  static PlanOptions options() {
    return PlanOptions.of(PlanOptions.Deletion.DELETE, 2);
  }
}
