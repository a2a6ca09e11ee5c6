package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Tags of the user, of ours and of others, on every kind of resource. In virtual time. */
class TagsTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void everyKindIsThereWithTags() {
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
    environment.getSpec().defaults.tags.put("cost-center", "7");
    database.getSpec().tags.put("team", "data");
    app.getSpec().tags.put("team", "web");
    app.getSpec().tags.put("stage", "test");
    world.apply(environment, database, app);
    settle();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void settle() {
    world.run(Duration.ofMinutes(1));
    world.runUntil(
        "all are ready",
        LONG_ENOUGH,
        () ->
            world.ready("FargateApp", "phoenix")
                && world.ready("FargateDatabase", "phoenix-db")
                && world.ready("FargateEnvironment", "phoenix"));
    world.run(Duration.ofMinutes(3));
    world.forgetCalls();
  }

  @Test
  void aTagThatLeavesTheSpecLeavesEveryResourceAndNothingElseHappens() {
    app.getSpec().tags.remove("stage");
    world.apply(app);
    world.run(Duration.ofMinutes(5));

    assertThat(new TreeSet<>(world.awsWrites()))
        .containsExactlyInAnyOrder(
            "application-autoscaling:TagResource",
            "application-autoscaling:UntagResource",
            "ec2:CreateTags",
            "ec2:DeleteTags",
            "ecs:TagResource",
            "ecs:UntagResource",
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:RemoveTags",
            "logs:TagResource",
            "logs:UntagResource",
            "monitoring:TagResource",
            "monitoring:UntagResource",
            "secretsmanager:TagResource",
            "secretsmanager:UntagResource",
            "servicediscovery:TagResource",
            "servicediscovery:UntagResource");
    assertThat(targetGroupTags())
        .containsEntry("team", "web")
        .containsEntry("cost-center", "7")
        .doesNotContainKey("stage");
    nothingIsWrittenAnyMore();
  }

  @Test
  void theEnvironmentsTagLeavesWhatAllItsObjectsHave() {
    environment.getSpec().defaults.tags.clear();
    world.apply(environment);
    world.run(Duration.ofMinutes(5));

    assertThat(targetGroupTags()).containsEntry("team", "web").doesNotContainKey("cost-center");
    assertThat(world.awsWrites())
        .contains("ecs:UntagResource", "elasticloadbalancing:RemoveTags")
        .doesNotContain("ecs:UpdateService", "ecs:RegisterTaskDefinition");
    nothingIsWrittenAnyMore();
  }

  @Test
  void aTagOfSomebodyElseStays() {
    try (ElasticLoadBalancingV2Client elb = elb()) {
      elb.addTags(
          request ->
              request
                  .resourceArns(targetGroup())
                  .tags(tag -> tag.key("owner").value("somebody else")));
    }
    // Until the operator has read the tags anew.
    world.run(Duration.ofMinutes(45));
    app.getSpec().tags.clear();
    world.apply(app);
    world.run(Duration.ofMinutes(5));

    assertThat(targetGroupTags())
        .containsEntry("owner", "somebody else")
        .containsEntry("cost-center", "7")
        .doesNotContainKeys("team", "stage");
    nothingIsWrittenAnyMore();
  }

  /** The operator dies between the two calls: the next one still knows whose the tag was. */
  @Test
  void whatRemovesATagMayFailHalfWay() {
    world
        .aws
        .faults()
        .on("elasticloadbalancing:AddTags")
        .times(3)
        .fail("InternalFailure", "try again");
    world.aws.faults().on("ecs:UntagResource").times(3).fail("ServerException", "try again");
    app.getSpec().tags.remove("stage");
    world.apply(app);
    world.run(Duration.ofSeconds(2));
    world.restartOperator();
    world.run(Duration.ofMinutes(5));

    assertThat(targetGroupTags()).containsEntry("team", "web").doesNotContainKey("stage");
    nothingIsWrittenAnyMore();
  }

  private void nothingIsWrittenAnyMore() {
    world.forgetCalls();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    world.restartOperator();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).as("of an operator that knows nothing").isEmpty();
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
  }

  private String targetGroup() {
    return world.app("phoenix").getStatus().resources.stream()
        .filter(resource -> resource.kind.equals("TargetGroup"))
        .findFirst()
        .orElseThrow()
        .arn;
  }

  private Map<String, String> targetGroupTags() {
    Map<String, String> tags = new TreeMap<>();
    try (ElasticLoadBalancingV2Client elb = elb()) {
      elb.describeTags(request -> request.resourceArns(targetGroup()))
          .tagDescriptions()
          .get(0)
          .tags()
          .forEach(tag -> tags.put(tag.key(), tag.value()));
    }
    return tags;
  }

  private ElasticLoadBalancingV2Client elb() {
    return ElasticLoadBalancingV2Client.builder()
        .httpClient(world.aws.httpClient())
        .region(Region.of(environment.getSpec().region))
        .endpointOverride(URI.create("http://localhost"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSOMEBODY", "none")))
        .build();
  }
}
