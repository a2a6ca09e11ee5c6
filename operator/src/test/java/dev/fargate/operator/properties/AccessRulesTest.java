package dev.fargate.operator.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.WorkloadSpec;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.operator.Golden;
import dev.fargate.operator.stack.build.Phoenix;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.validate.AlarmValidation;
import dev.fargate.operator.validate.Problem;
import dev.fargate.operator.validate.RoleValidation;
import dev.fargate.operator.validate.StrategyValidation;
import dev.fargate.operator.validate.TagValidation;
import dev.fargate.operator.validate.access.AccessCheck;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What an environment allows, rule by rule and up to each boundary ({@code
 * properties/access.yaml}). What it says of the rest stands in {@code properties/access.txt}.
 */
class AccessRulesTest {
  private static final String ACCOUNT = "123456789012";
  private static final String ENGINE_IMAGE = "mongo:7.0";

  /** Where a value of a rule stands. */
  private static final String HOLE = "<>";

  /**
   * One value under one rule.
   *
   * @param rule an entry of the file
   */
  private record Wish(JsonNode rule, JsonNode value, boolean allowed) {
    List<Problem> problems() throws JsonProcessingException {
      FargateEnvironment environment =
          read("FargateEnvironment", "environment", FargateEnvironment.class);
      environment.setStatus(new FargateEnvironmentStatus());
      environment.getStatus().accountId = ACCOUNT;
      if (rule.path("kind").asText().equals("FargateDatabase")) {
        return ofDatabase(read("FargateDatabase", "change", FargateDatabase.class), environment);
      }
      return ofApp(read("FargateApp", "change", FargateApp.class), environment);
    }

    private <T> T read(String kind, String change, Class<T> type) throws JsonProcessingException {
      JsonNode filled = filled(rule.path(change));
      return Serialization.jsonMapper()
          .treeToValue(
              new ChangedSpec(kind, "", filled.isObject() ? filled : ApiServer.json("{}")).object(),
              type);
    }

    private JsonNode filled(JsonNode node) {
      if (node.isTextual()) {
        return node.asText().equals(HOLE)
            ? value
            : TextNode.valueOf(node.asText().replace(HOLE, value.asText()));
      }
      return ChangedSpec.mapped(node, this::filled);
    }

    @Override
    public String toString() {
      return rule.path("about").asText() + ": " + printable(value.toString());
    }
  }

  private static String printable(String text) {
    return Pattern.compile("[^ -~]")
        .matcher(text)
        .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }

  private static List<Wish> all() {
    List<Wish> wishes = new ArrayList<>();
    for (JsonNode rule : ApiServer.yaml("access.yaml")) {
      rule.path("allowed").forEach(value -> wishes.add(new Wish(rule, value, true)));
      rule.path("refused").forEach(value -> wishes.add(new Wish(rule, value, false)));
    }
    return wishes;
  }

  private static List<Problem> ofApp(FargateApp app, FargateEnvironment environment) {
    List<Problem> problems = new ArrayList<>(AccessCheck.app(app, environment));
    problems.addAll(inPlace(app.getSpec(), app.getSpec().network, environment));
    Defaults defaults = defaults(environment);
    Place place = Phoenix.place();
    place.defaults().infrastructureRoleArn = defaults.infrastructureRoleArn;
    problems.addAll(StrategyValidation.check(app, place));
    return problems;
  }

  private static List<Problem> ofDatabase(
      FargateDatabase database, FargateEnvironment environment) {
    List<Problem> problems =
        new ArrayList<>(AccessCheck.database(database, ENGINE_IMAGE, environment));
    problems.addAll(inPlace(database.getSpec(), database.getSpec().network, environment));
    problems.addAll(
        RoleValidation.backup(
            database.getSpec().backup,
            environment.getMetadata().getName(),
            environment.getSpec().defaults));
    return problems;
  }

  private static List<Problem> inPlace(
      WorkloadSpec spec, Network network, FargateEnvironment environment) {
    List<Problem> problems = new ArrayList<>();
    String name = environment.getMetadata().getName();
    Defaults defaults = defaults(environment);
    Map<String, String> tags = defaults.tags;
    Problem tooMany = TagValidation.check(spec.tags, tags, name);
    if (tooMany != null) {
      problems.add(tooMany);
    }
    problems.addAll(
        AlarmValidation.unheard(
            spec.alarms, name, environment.getSpec().region, defaults.topicArn));
    if (network != null && network.subnets != null) {
      problems.addAll(
          AccessCheck.subnets(
              network.subnets.ids, environment.getSpec().network.subnets.ids, environment));
    }
    return problems;
  }

  private static Defaults defaults(FargateEnvironment environment) {
    Defaults defaults = environment.getSpec().defaults;
    return defaults == null ? new Defaults() : defaults;
  }

  @Test
  void anEnvironmentAllowsWhatItSaysAndNothingBeside() throws JsonProcessingException {
    List<String> wrong = new ArrayList<>();
    for (Wish wish : all()) {
      List<Problem> problems = wish.problems();
      if (problems.isEmpty() != wish.allowed()) {
        wrong.add(wish + (wish.allowed() ? " is refused: " + problems : " is allowed"));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatItRefusesIsSaidInTheseWords() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Wish wish : all()) {
      if (!wish.allowed()) {
        text.append(wish).append('\n');
        wish.problems().forEach(problem -> text.append("  ").append(problem).append('\n'));
      }
    }
    Golden.assertText("properties/access.txt", text.toString());
  }
}
