package dev.fargate.operator.stack.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.operator.Golden;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spec asks AWS for, whole, with every setting. */
class StackTextTest {
  private static final ObjectMapper YAML = yaml();

  private static ObjectMapper yaml() {
    SimpleModule asText = new SimpleModule();
    for (Class<?> type : List.of(Value.class, Secret.Source.class, ResourceId.class)) {
      asText.addSerializer(type, text());
    }
    return new ObjectMapper(
            new YAMLFactory()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR))
        .registerModule(asText)
        // What is worked out is no setting, and comes in no order that lasts.
        .setVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
        .setSerializationInclusion(JsonInclude.Include.NON_NULL);
  }

  private static <T> JsonSerializer<T> text() {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator to, SerializerProvider all) throws IOException {
        to.writeString(value.toString());
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app-with-everything",
        "app-with-nothing",
        "app-that-moves-traffic",
        "app-in-linear-steps",
        "app-blue-green",
        "app-suspended",
        "database-with-everything",
        "database-with-nothing",
        "database-backed-up-by-default",
        "database-in-a-file-system-of-others",
        "environment-with-everything",
        "environment-with-nothing",
        "environment-that-refers"
      })
  void aSpecAsksForThis(String name) throws IOException {
    Stack stack = stack(name);
    String text = text(stack, resource -> resource);
    Golden.assertText("stacks/" + name + ".txt", text);
    Resolution all = allKnown(stack);
    assertThat(stack.resources()).map(all::resolve).allMatch(Resolution::isKnown);
    assertThat(text(stack, all::resolve))
        .as("once all is there, only the references have become values")
        .isEqualTo(text);
  }

  private static String text(Stack stack, UnaryOperator<Resource> each) throws IOException {
    StringBuilder text = new StringBuilder("tags: " + stack.tags() + "\n");
    for (Resource resource : stack.resources()) {
      text.append("\n# ").append(resource.physicalName()).append('\n');
      text.append(YAML.writeValueAsString(each.apply(resource)));
    }
    return text.toString();
  }

  /** Every output of a resource is how it is written while it is not known. */
  private static Resolution allKnown(Stack stack) {
    Resolution known = Resolution.none();
    for (Resource resource : stack.resources()) {
      known =
          known.with(
              resource.id(),
              Arrays.stream(Output.values())
                  .collect(
                      Collectors.toMap(
                          output -> output, o -> Value.ref(resource.id(), o).toString())));
    }
    return known;
  }

  private static Stack stack(String name) {
    String spec = Golden.text("stacks/" + name + ".spec.yaml");
    if (name.startsWith("app")) {
      FargateApp app = Serialization.unmarshal(spec, FargateApp.class);
      return AppStack.build(owner(app), app, place(), references());
    } else if (name.startsWith("database")) {
      FargateDatabase database = Serialization.unmarshal(spec, FargateDatabase.class);
      return DatabaseStack.build(
          owner(database),
          database,
          place(),
          Map.of("admin", "sg-0admin000000000"),
          new TreeMap<>(
              Map.of(
                  "eu-central-1a", "subnet-0bbb0000000000001",
                  "eu-central-1b", "subnet-0bbb0000000000002")),
          null);
    }
    FargateEnvironment environment = Serialization.unmarshal(spec, FargateEnvironment.class);
    return EnvironmentStack.build(
        owner(environment),
        environment,
        List.of("subnet-0bbb0000000000001", "subnet-0bbb0000000000002"),
        Map.of("inner", List.of("subnet-0aaa0000000000009")));
  }

  private static Owner owner(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return new Owner(
        "acme",
        object.getKind(),
        namespace == null ? "" : namespace,
        object.getMetadata().getName());
  }

  private static References references() {
    return new References(
        Phoenix.references().databases(),
        Map.of("settings/level", "debug"),
        Map.of("admin", "sg-0admin000000000"));
  }

  /** Phoenix' place with two more listeners, a shared log group, a zone, and all defaults. */
  private static Place place() {
    Defaults defaults = new Defaults();
    defaults.executionRoleArn = "arn:aws:iam::123456789012:role/execution";
    defaults.taskRoleArn = "arn:aws:iam::123456789012:role/default-task";
    defaults.infrastructureRoleArn = "arn:aws:iam::123456789012:role/infrastructure";
    defaults.backupRoleArn = "arn:aws:iam::123456789012:role/backup";
    defaults.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
    defaults.logRetentionDays = 14;
    defaults.architecture = "ARM64";
    defaults.tags = Map.of("owner", "platform", "cost", "1");
    var spot = new dev.fargate.api.v1alpha1.Capacity();
    spot.type = "Spot";
    defaults.capacity = List.of(spot);
    Place place = Phoenix.place();
    Place.PublishedLoadBalancer balancer = place.loadBalancers().get("public");
    return new Place(
        place.environment(),
        place.region(),
        place.accountId(),
        place.clusterArn(),
        place.clusterName(),
        place.namespaceId(),
        place.privateDomain(),
        place.vpcId(),
        place.subnetIds(),
        List.of("sg-0all00000000000000"),
        true,
        Map.of(
            "public",
            new Place.PublishedLoadBalancer(
                balancer.name(),
                balancer.arn(),
                balancer.dnsName(),
                balancer.canonicalHostedZoneId(),
                balancer.securityGroupId(),
                List.of(
                    new Place.PublishedListener(80, "HTTP", "arn:listener/80", true),
                    new Place.PublishedListener(443, "HTTPS", "arn:listener/443", false),
                    new Place.PublishedListener(8080, "HTTP", "arn:listener/8080", false)))),
        Map.of("shared", "/fargate/shared"),
        Map.of("example.com", "Z1", "shop.example.com", "Z2"),
        defaults);
  }
}
