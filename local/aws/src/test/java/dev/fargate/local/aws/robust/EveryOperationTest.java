package dev.fargate.local.aws.robust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import dev.fargate.local.aws.wire.HttpResponse;
import dev.fargate.local.aws.wire.Struct;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of random requests that satisfy AWS's models, in random order and time: whatever comes,
 * the endpoint answers as AWS does and never with a fault of its own.
 */
class EveryOperationTest {
  private static final int CALLS = 2_500;
  private static final Pattern TEXT_IN_JSON = Pattern.compile("\"(\\w+)\":\"([^\"]{1,200})\"");
  private static final Pattern TEXT_IN_XML = Pattern.compile("<(\\w+)>([^<]{1,200})</");

  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final Map<String, ServiceModel> models =
      endpoint.services().stream()
          .collect(
              Collectors.toMap(Function.identity(), ServiceModel::load, (a, b) -> a, TreeMap::new));
  private final Map<String, String> lastAnswered = new HashMap<>();
  private final Map<String, Struct> succeeded = new TreeMap<>();
  private final Map<String, String> failures = new TreeMap<>();

  @Test
  void noRequestThatFitsAwsesModelMakesTheEndpointFail() {
    walk(1);
  }

  @Tag("fuzz")
  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void noMoreDoThoseOfOtherWalks(long seed) {
    walk(seed);
  }

  private void walk(long seed) {
    Random random = new Random(seed);
    RandomInputs inputs = new RandomInputs(random);
    endpoint.world().roles().forEach(role -> inputs.learn("executionRoleArn", role.arn()));
    for (PopulatedWorld.Step step : PopulatedWorld.steps()) {
      ServiceModel model = models.get(step.service());
      Struct input = (Struct) filled(step.input());
      assertThat(call(model, model.operations().get(step.operation()), input, inputs))
          .as("%s %s", step.operation(), input)
          .isEqualTo(200);
      endpoint.clock().advance(Duration.ofSeconds(30));
    }
    List<ServiceModel> services = new ArrayList<>(models.values());
    for (int i = 0; i < CALLS; i++) {
      ServiceModel model = services.get(random.nextInt(services.size()));
      List<ServiceModel.Operation> operations = new ArrayList<>(model.operations().values());
      ServiceModel.Operation operation = operations.get(random.nextInt(operations.size()));
      call(model, operation, input(model, operation, inputs, random), inputs);
      if (random.nextInt(20) == 0) {
        endpoint.clock().advance(Duration.ofSeconds(random.nextInt(300)));
      }
    }
    assertThat(failures).isEmpty();
    // A walk in which hardly anything succeeds would prove nothing.
    assertThat(succeeded).hasSizeGreaterThan(55);
  }

  private Struct input(
      ServiceModel model, ServiceModel.Operation operation, RandomInputs inputs, Random random) {
    if (operation.input().isEmpty()) {
      return Struct.of();
    }
    Shape.Structure shape = model.structure(operation.input().get());
    Struct before = succeeded.get(name(model, operation));
    return before != null && random.nextInt(3) > 0
        ? inputs.changed(model, shape, before)
        : inputs.input(model, shape);
  }

  private int call(
      ServiceModel model, ServiceModel.Operation operation, Struct input, RandomInputs inputs) {
    HttpResponse response = endpoint.handle(WireForm.request(model, operation, input));
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (body.contains("InternalFailure")) {
      failures.putIfAbsent(name(model, operation), body + " to " + input);
    }
    if (response.status() == 200) {
      succeeded.put(name(model, operation), input);
      inputs.learn(input);
      for (Pattern pattern : List.of(TEXT_IN_JSON, TEXT_IN_XML)) {
        Matcher matcher = pattern.matcher(body);
        while (matcher.find()) {
          inputs.learn(matcher.group(1), matcher.group(2));
          lastAnswered.put(matcher.group(1), matcher.group(2));
        }
      }
    }
    return response.status();
  }

  private Object filled(Object value) {
    if (value instanceof Struct struct) {
      Struct copy = Struct.of();
      struct.members().forEach((name, member) -> copy.with(name, filled(member)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::filled).toList();
    }
    return value instanceof String text && text.startsWith("$")
        ? lastAnswered.get(text.substring(1))
        : value;
  }

  private static String name(ServiceModel model, ServiceModel.Operation operation) {
    return model.metadata().signingName() + ":" + operation.name();
  }
}
