package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.api.v1alpha1.environment.ContainerInsights;
import dev.fargate.api.v1alpha1.environment.Listener;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.api.v1alpha1.environment.PriorityAccess;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The Phoenix sample with more of everything, from the first apply over every kind of change to the
 * last delete, in virtual time: for tests that ask what the operator does in a life.
 */
public final class WholeLife {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(60);

  /** Whoever changes things behind the operator's back. */
  private static final String SOMEBODY = "AKIDSOMEBODYELSE";

  private static final List<String> CERTIFICATES =
      List.of(
          "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-aaaa-4bbb-8ccc-000000000001",
          "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-aaaa-4bbb-8ccc-000000000002");

  private final VirtualWorld world;
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final LoadBalancer balancer = environment.getSpec().loadBalancers.get(0);
  private final Ingress ingress = app.getSpec().ingresses.get(0);

  private WholeLife(VirtualWorld world) {
    this.world = world;
  }

  /** The AWS operations that the operator called, for example {@code ecs:CreateService}. */
  public static Set<String> calledOperations() {
    try (VirtualWorld world = new VirtualWorld()) {
      new WholeLife(world).live();
      Set<String> called = new TreeSet<>();
      world.aws.calls().matching(call -> !call.principal().contains(SOMEBODY)).stream()
          // IAM calls CloudWatch by another name than signatures do.
          .map(call -> call.name().replaceFirst("^monitoring:", "cloudwatch:"))
          .forEach(called::add);
      return called;
    }
  }

  private void live() {
    born();
    everythingChanges();
    tagsGoAndSoDoesScaling();
    ecsMovesTheTraffic();
    somebodyElseInterferes();
    theDataComesBack();
    aRevisionFailsAndNobodyRemembers();
    dead();
  }

  private void born() {
    world.secrets.put("keys", Map.of("api", "one"));
    EnvVar secret = new EnvVar();
    secret.name = "API_KEY";
    secret.valueFrom = new ValueFrom();
    secret.valueFrom.secretKeyRef = new KeyReference();
    secret.valueFrom.secretKeyRef.name = "keys";
    secret.valueFrom.secretKeyRef.key = "api";
    app.getSpec().env.add(secret);
    app.getSpec().privateDns = new PrivateDns();
    app.getSpec().privateDns.name = "phoenix";
    app.getSpec().revisionHistoryLimit = 1;
    app.getSpec().logs.inStatus = true;
    app.getSpec().tags.put("team", "web");
    Alarm alarm = new Alarm();
    alarm.name = "cpu-life";
    alarm.metric = AlarmMetric.CPU;
    alarm.thresholdPercent = 90;
    alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
    app.getSpec().alarms.add(alarm);
    world.aws.faults().on("servicediscovery:CreateService").times(1).loseResponse();
    environment.getSpec().access.rulePriorities = PriorityAccess.CHOSEN;
    environment.getSpec().access.topicArns = List.of("*");
    PublicZone zone = new PublicZone();
    zone.domain = "example.com";
    zone.hostedZoneId = "Z00000000EXAMPLECOM";
    environment.getSpec().publicZones.add(zone);
    ingress.hosts.add("phoenix.example.com");
    world.apply(environment, database, app);
    settle();
    world.mountForReal();
  }

  private void everythingChanges() {
    environment.getSpec().cluster.containerInsights = ContainerInsights.ENABLED;
    environment.getSpec().cluster.capacityProviders.add("FARGATE");
    balancer.subnets.ids = List.of("subnet-0aaa0000000000001", "subnet-0bbb0000000000002");
    Listener more = new Listener();
    more.port = 8443;
    more.protocol = "HTTPS";
    more.certificateArns.addAll(CERTIFICATES);
    balancer.listeners.add(more);
    world.apply(environment);
    database.getSpec().storage.efs.throughputMode = "bursting";
    database.getSpec().tags.put("team", "data");
    database.getSpec().backup.schedule = "0 4 * * *";
    database.getMetadata().setAnnotations(Map.of("fargate.dev/backup", "now"));
    world.apply(database);
    app.getSpec().image = "phoenix:2";
    app.getSpec().tags.put("team", "api");
    app.getSpec().logs.retentionDays = 14;
    app.getSpec().privateDns.ttlSeconds = 30;
    ingress.listenerPort = 80;
    ingress.healthCheck.path = "/";
    ingress.deregistrationDelaySeconds = 30;
    ingress.paths.add("/api/*");
    world.secrets.put("keys", Map.of("api", "two"));
    world.apply(app);
    settle();
    more.certificateArns.remove(1);
    app.getSpec().image = "phoenix:3";
    ingress.paths.set(0, "/app/*");
    world.apply(environment, app);
    settle();
    for (int place : new int[] {100, 200}) {
      ingress.priorityBase = place;
      world.apply(app);
      settle();
    }
    ingress.priorityBase = null;
  }

  private void tagsGoAndSoDoesScaling() {
    balancer.listeners.remove(1);
    environment.getSpec().loadBalancers.set(0, balancer);
    app.getSpec().tags.clear();
    database.getSpec().tags.clear();
    world.apply(environment, database, app);
    settle();
    app.getSpec().autoscaling = null;
    app.getSpec().image = "phoenix:4";
    world.apply(app);
    settle();
  }

  private void ecsMovesTheTraffic() {
    environment.getSpec().defaults.infrastructureRoleArn =
        "arn:aws:iam::123456789012:role/fargate-operator-infrastructure";
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.strategy = RolloutStrategy.BLUE_GREEN;
    app.getSpec().rollout.bakeTimeMinutes = 0;
    ingress.paths = new ArrayList<>(List.of("/app/*"));
    world.apply(environment, app);
    settle();
    app.getSpec().image = "phoenix:blue-green";
    world.apply(app);
    settle();
    app.getSpec().rollout = null;
    world.apply(app);
    settle();
  }

  private void somebodyElseInterferes() {
    try (ElasticLoadBalancingV2Client elb = build(ElasticLoadBalancingV2Client.builder());
        SecretsManagerClient secrets = build(SecretsManagerClient.builder());
        EfsClient efs = build(EfsClient.builder())) {
      String fileSystem = efs.describeFileSystems().fileSystems().get(0).fileSystemId();
      String target =
          efs.describeMountTargets(request -> request.fileSystemId(fileSystem))
              .mountTargets()
              .get(0)
              .mountTargetId();
      // With none given the call sets the VPC's default group.
      efs.modifyMountTargetSecurityGroups(request -> request.mountTargetId(target));
      var found = elb.describeLoadBalancers().loadBalancers().get(0);
      String listener =
          elb.describeListeners(request -> request.loadBalancerArn(found.loadBalancerArn()))
              .listeners()
              .get(0)
              .listenerArn();
      elb.modifyListener(
          request ->
              request
                  .listenerArn(listener)
                  .defaultActions(
                      action ->
                          action
                              .type(ActionTypeEnum.REDIRECT)
                              .redirectConfig(
                                  to -> to.protocol("HTTPS").port("443").statusCode("HTTP_301"))));
      String group =
          world.app("phoenix").getStatus().resources.stream()
              .filter(resource -> resource.kind.equals("SecurityGroup"))
              .findFirst()
              .orElseThrow()
              .arn;
      elb.setSecurityGroups(
          request ->
              request
                  .loadBalancerArn(found.loadBalancerArn())
                  .securityGroups(group.substring(group.lastIndexOf('/') + 1)));
      secrets.deleteSecret(request -> request.secretId("fargate/acme/default/phoenix/env"));
    }
    world.run(Duration.ofMinutes(2));
    settle();
  }

  private void theDataComesBack() {
    world
        .aws
        .scriptedTasks()
        .image("mongo:7.0", "restore")
        .worksFor(Duration.ofSeconds(3), container -> 0);
    database.getSpec().restore = new Restore();
    database.getSpec().restore.recoveryPointArn =
        world.database("phoenix-db").getStatus().backup.recoveryPoints.get(0).arn;
    world.apply(database);
    world.run(Duration.ofMinutes(10));
    settle();
  }

  private void aRevisionFailsAndNobodyRemembers() {
    world.aws.scriptedTasks().image("phoenix:bad").exitsAfter(Duration.ofSeconds(2), 1);
    app.getSpec().image = "phoenix:bad";
    world.apply(app);
    world.run(Duration.ofMinutes(15));
    world.app("phoenix").setStatus(null);
    world.restartOperator();
    world.run(Duration.ofMinutes(5));
    app.getSpec().image = "phoenix:5";
    world.apply(app);
    settle();
  }

  private void dead() {
    world.delete("FargateEnvironment", "phoenix");
    world.delete("FargateDatabase", "phoenix-db");
    world.delete("FargateApp", "phoenix");
    world.runUntil(
        "all is gone", LONG_ENOUGH, () -> !world.exists("FargateEnvironment", "phoenix"));
  }

  /** Ready, and long enough after that for whatever is done later. */
  private void settle() {
    world.run(Duration.ofSeconds(30));
    world.runUntil(
        "Phoenix is ready",
        LONG_ENOUGH,
        () ->
            world.ready("FargateApp", "phoenix")
                && world.ready("FargateDatabase", "phoenix-db")
                && world.ready("FargateEnvironment", "phoenix"));
    world.run(Duration.ofMinutes(3));
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(B builder) {
    return builder
        .httpClient(world.aws.httpClient())
        .region(Region.of(environment.getSpec().region))
        .endpointOverride(URI.create("http://localhost"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(SOMEBODY, "none")))
        .build();
  }

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
