package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.operator.properties.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every property of a spec through the values that are worth trying, one after the other in one
 * world: AWS has the declared value then, putting it back restores what was, and what only AWS can
 * refuse stalls with the path and changes nothing.
 */
class PropertyCampaignTest {
  private static final boolean FULL = "all".equals(System.getProperty("campaign"));

  /** Of so many properties the default run tries one. */
  private static final int SHARE = 10;

  private static final String ONLY = System.getProperty("campaign.property", "");

  @ParameterizedTest
  @ValueSource(strings = {"FargateApp", "FargateDatabase", "FargateEnvironment"})
  void everyPropertyOfTheSchemaHasItsValuesAndNoOtherHas(String kind) {
    assertThat(PropertyValues.of(kind))
        .extracting(PropertyValues::path)
        .containsExactlyInAnyOrderElementsOf(
            Property.of(kind).stream().map(Property::path).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FargateApp", "FargateDatabase", "FargateEnvironment"})
  void theDeclaredValueIsFoundInAwsAndPuttingItBackRestores(String kind) {
    List<String> wrong = new ArrayList<>();
    int steps = 0;
    Instant began = Instant.now();
    PropertyWorld world = new PropertyWorld();
    try {
      for (PropertyValues property : chosen(kind)) {
        if (property.isFixed()) {
          continue;
        }
        if (property.isAlone()) {
          try (PropertyWorld own = new PropertyWorld()) {
            if (!property.inThePoint().isEmpty()) {
              own.backUp(PropertyValues.base(true), property.inThePoint());
            }
            steps += walk(own, property, wrong);
          } catch (AssertionError failed) {
            wrong.add(property + ": " + failed.getMessage());
          }
          continue;
        }
        try {
          steps += walk(world, property, wrong);
        } catch (AssertionError failed) {
          wrong.add(property + ": " + failed.getMessage());
          world.close();
          world = new PropertyWorld();
        }
      }
    } finally {
      world.close();
    }
    System.out.printf(
        "%s: %d of %d properties, %d steps, %d s%n",
        kind,
        chosen(kind).size(),
        PropertyValues.of(kind).size(),
        steps,
        Duration.between(began, Instant.now()).toSeconds());
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FargateApp", "FargateDatabase", "FargateEnvironment"})
  void aPropertyThatCannotBeEditedIsFoundInAwsAndItsEditRefused(String kind) {
    List<String> wrong = new ArrayList<>();
    for (PropertyValues property : chosen(kind)) {
      if (!property.isFixed()) {
        continue;
      }
      for (int i = 0; i < property.values().size(); i++) {
        JsonNode value = property.values().get(i);
        try (PropertyWorld world = new PropertyWorld()) {
          world.apply(property.with(value));
          world.complaints().forEach(it -> wrong.add(property + "=" + value + ": " + it));
          look(property, i, List.of(), world.aws(), wrong);
          String refusal = world.refusal(property.mine(property.base()));
          if (!refusal.contains("cannot change") && !refusal.contains("can neither change")) {
            wrong.add(property + " can be edited: " + refusal);
          }
        } catch (AssertionError failed) {
          wrong.add(property + "=" + value + ": " + failed.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<PropertyValues> chosen(String kind) {
    List<PropertyValues> all = PropertyValues.of(kind);
    if (!ONLY.isEmpty()) {
      return all.stream().filter(it -> Pattern.compile(ONLY).matcher(it.path()).find()).toList();
    }
    return all.stream()
        .filter(it -> FULL || Math.floorMod(it.path().hashCode(), SHARE) == 0)
        .toList();
  }

  private static int walk(PropertyWorld world, PropertyValues property, List<String> wrong) {
    int steps = 1;
    world.apply(property.before());
    world.complaints().forEach(it -> wrong.add(property + " before: " + it));
    List<String> before = world.aws();
    for (int i = 0; i < property.values().size(); i++) {
      JsonNode value = property.values().get(i);
      world.apply(property.with(value));
      steps++;
      if (!property.path().equals("spec.mode")) {
        world.complaints().forEach(it -> wrong.add(property + "=" + value + ": " + it));
      }
      look(property, i, before, world.aws(), wrong);
    }
    for (JsonNode value : property.stalls()) {
      world.apply(property.before());
      world.apply(property.with(value));
      steps += 2;
      String said = world.stalled(property.kind());
      if (!property.isNamedIn(said)) {
        wrong.add(property + "=" + value + " should stall and name its path: " + said);
      }
      PropertyWorld.difference(world.aws(), before)
          .ifPresent(it -> wrong.add(property + "=" + value + " stalls, and changes AWS: " + it));
    }
    world.apply(property.before());
    if (property.stays()) {
      return steps + 1;
    }
    PropertyWorld.difference(world.aws(), before)
        .ifPresent(it -> wrong.add(property + " put back does not restore: " + it));
    return steps + 1;
  }

  private static void look(
      PropertyValues property,
      int number,
      List<String> before,
      List<String> now,
      List<String> wrong) {
    String what = property + "=" + property.values().get(number);
    if (property.changesNothing()) {
      PropertyWorld.difference(now, before)
          .ifPresent(it -> wrong.add(what + " changes AWS: " + it));
      return;
    }
    property
        .lost()
        .filter(text -> now.stream().anyMatch(line -> text.matcher(line).find()))
        .ifPresent(text -> wrong.add(what + " leaves " + text + " in AWS"));
    property
        .found(number)
        .ifPresent(
            text -> {
              if (now.stream()
                  .filter(line -> !before.contains(line))
                  .noneMatch(line -> text.matcher(line).find())) {
                wrong.add(
                    what
                        + " is not found in AWS by "
                        + text
                        + PropertyWorld.difference(now, before).orElse(", nothing changed"));
              }
            });
  }
}
