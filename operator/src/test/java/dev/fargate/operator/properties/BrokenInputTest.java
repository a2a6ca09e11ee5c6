package dev.fargate.operator.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.operator.cli.manifest.Manifests;
import dev.fargate.operator.validate.AppValidation;
import dev.fargate.operator.validate.DatabaseValidation;
import dev.fargate.operator.validate.EnvironmentValidation;
import dev.fargate.operator.validate.Problem;
import dev.fargate.operator.validate.access.AccessCheck;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Input that is broken at random: specs, files, and what is sent to the API server. Each is taken
 * or refused in so many words; nothing crashes or hangs. Profile {@code fuzz} tries many more, with
 * {@code -Dfuzz.seed=N} others.
 */
class BrokenInputTest {
  private static final int FEW = 400;
  private static final int MANY = 50_000;
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/yaml",
          "application/merge-patch+json",
          "application/json-patch+json",
          "application/apply-patch+yaml",
          "application/vnd.kubernetes.protobuf");
  private static final List<String> PIECES =
      List.of(
          "\u0000",
          "\ud800",
          "\n",
          "\t- ",
          "{",
          "[",
          "\"",
          "'",
          ": ",
          "&a *a",
          "!!java.lang.Object ",
          "<<: *x",
          "%YAML 9.9\n",
          "1e999",
          "-9223372036854775809",
          "null",
          "~",
          "[".repeat(3000),
          "k8s\u0000",
          "\u202e",
          "*/5 * * * *",
          "P1DT",
          "99999999999999999999");

  private final ApiServer server = new ApiServer();

  @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aBrokenSpecIsRefusedInWordsOrCanBeCarriedOut() {
    specs(FEW, 1);
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void brokenBytesAreRefusedByTheApiServerAndTheFileReader() throws IOException {
    bytes(FEW, 1);
  }

  @Test
  @Tag("fuzz")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void manyBrokenSpecsAndBytes() throws IOException {
    long seed = Long.getLong("fuzz.seed", 7);
    specs(MANY, seed);
    bytes(MANY, seed);
  }

  private void specs(int tries, long seed) {
    Random random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      String kind = ApiServer.kinds().get(random.nextInt(3));
      ObjectNode object = ApiServer.sample(kind);
      for (int n = random.nextInt(3); n >= 0; n--) {
        breakOne(object.get("spec"), random);
      }
      KubeResponse.Complete answer =
          server.raw(
              "POST",
              ApiServer.collection(object) + "?dryRun=All",
              "application/json",
              object.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(answer.code()).as("seed %d, try %d: %s", seed, i, object).isLessThan(500);
      if (answer.code() < 300) {
        taken++;
        problems(kind, answer.object().toString());
      } else {
        assertThat(answer.object().path("message").asText()).isNotBlank();
      }
    }
    assertThat(taken).as("some are no worse for it").isPositive();
  }

  /** What the API server takes is judged without a crash. */
  private static List<Problem> problems(String kind, String json) {
    FargateEnvironment environment =
        Serialization.unmarshal(
            ApiServer.sample("FargateEnvironment").toString(), FargateEnvironment.class);
    List<Problem> problems = new ArrayList<>();
    switch (kind) {
      case "FargateApp" -> {
        FargateApp app = Serialization.unmarshal(json, FargateApp.class);
        problems.addAll(AppValidation.check(app));
        problems.addAll(AccessCheck.app(app, environment));
      }
      case "FargateDatabase" -> {
        FargateDatabase database = Serialization.unmarshal(json, FargateDatabase.class);
        problems.addAll(DatabaseValidation.check(database));
        problems.addAll(AccessCheck.database(database, "mongo:7.0", environment));
      }
      default -> {
        FargateEnvironment other = Serialization.unmarshal(json, FargateEnvironment.class);
        problems.addAll(EnvironmentValidation.check(other));
        AccessCheck.app(
            Serialization.unmarshal(ApiServer.sample("FargateApp").toString(), FargateApp.class),
            other);
      }
    }
    return problems;
  }

  private void bytes(int tries, long seed) throws IOException {
    Random random = new Random(seed);
    Path file = folder.resolve("broken.yaml");
    for (int i = 0; i < tries; i++) {
      ObjectNode object = ApiServer.sample(ApiServer.kinds().get(random.nextInt(3)));
      String text =
          mutated(random.nextBoolean() ? object.toString() : Serialization.asYaml(object), random);
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      KubeResponse.Complete answer =
          server.raw(
              random.nextBoolean() ? "POST" : "PATCH",
              ApiServer.collection(object)
                  + (random.nextBoolean() ? "" : "/phoenix?fieldManager=x&force=true"),
              TYPES.get(random.nextInt(TYPES.size())),
              body);
      assertThat(answer.code())
          .as("seed %d, try %d: %s", seed, i, ApiServer.text(answer))
          .isLessThan(500);
      Files.write(file, body);
      Manifests.read(List.of(file), "default");
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(3)) {
        case 0 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> changed.delete(at, Math.min(changed.length() - 1, at + random.nextInt(20)));
        default -> changed.setCharAt(at, (char) random.nextInt(0x3000));
      }
    }
    return changed.toString();
  }

  /** Somewhere in a tree: takes one away, or puts something else there. */
  private static void breakOne(JsonNode tree, Random random) {
    JsonNode at = tree;
    while (true) {
      if (at instanceof ObjectNode object && !object.isEmpty()) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        if (object.get(name).isContainerNode() && random.nextInt(3) > 0) {
          at = object.get(name);
          continue;
        }
        switch (random.nextInt(4)) {
          case 0 -> object.remove(name);
          case 1 -> object.set(name + "x", object.get(name));
          default -> object.set(name, other(random));
        }
      } else if (at instanceof ArrayNode array && !array.isEmpty()) {
        int index = random.nextInt(array.size());
        if (array.get(index).isContainerNode() && random.nextInt(3) > 0) {
          at = array.get(index);
          continue;
        }
        switch (random.nextInt(3)) {
          case 0 -> array.add(array.get(index).deepCopy());
          case 1 -> array.remove(index);
          default -> array.set(index, other(random));
        }
      }
      return;
    }
  }

  private static JsonNode other(Random random) {
    var nodes = ApiServer.JSON.getNodeFactory();
    return switch (random.nextInt(9)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.numberNode(random.nextLong());
      case 2 -> nodes.numberNode(random.nextInt(70000) - 10);
      case 3 -> nodes.booleanNode(random.nextBoolean());
      case 4 -> nodes.textNode(PIECES.get(random.nextInt(PIECES.size())));
      case 5 -> nodes.textNode("x".repeat(random.nextInt(300)));
      case 6 -> nodes.objectNode();
      case 7 -> nodes.arrayNode().add("x").add("x");
      default -> nodes.textNode("");
    };
  }
}
