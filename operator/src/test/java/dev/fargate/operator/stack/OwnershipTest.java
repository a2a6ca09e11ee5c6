package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.build.Ids;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final Owner OWNER = new Owner("acme", "FargateApp", "shop", "web");
  private static final LogGroup LOGS =
      new LogGroup(Ids.LOG_GROUP, "/fargate/acme/shop/web", 7, false);

  @Test
  void aUserTagCannotForgeOwnership() {
    var forged =
        new TreeMap<>(
            Map.of(
                Ownership.OWNER_ID, "rival",
                Ownership.RESOURCE_OF, "FargateApp/other/app",
                Ownership.RESOURCE_ID, "Service/other",
                Ownership.ADOPT, "FargateApp/other/app",
                Ownership.KEEP_ON_DELETE, "true"));
    Stack stack = new Stack(OWNER, forged, List.of(LOGS));
    assertThat(Ownership.tags(stack, LOGS))
        .containsEntry(Ownership.OWNER_ID, "acme")
        .containsEntry(Ownership.RESOURCE_OF, "FargateApp/shop/web")
        .containsEntry(Ownership.RESOURCE_ID, "LogGroup/logs")
        .as("no key of ours is the user's to set")
        .hasSize(3);
  }

  @Test
  void anotherInstallationsResourceIsNotOurs() {
    Map<String, String> tags =
        Map.of(Ownership.OWNER_ID, "other", Ownership.RESOURCE_OF, OWNER.reference());
    assertThat(Ownership.owns(OWNER, tags)).isFalse();
  }

  @Test
  void theMarkOfFiftyKeysFitsIntoATagAndIsTheSameInAnyOrder() {
    Map<String, String> many = new TreeMap<>();
    IntStream.range(0, 50).forEach(i -> many.put("k".repeat(100) + i, "v"));
    String mark =
        Ownership.tags(new Stack(OWNER, new TreeMap<>(many), List.of(LOGS)), LOGS)
            .get(Ownership.TAG_KEYS);
    assertThat(mark).hasSize(250).matches("[A-Za-z0-9_-]*");
    TreeMap<String, String> backwards = new TreeMap<>(Comparator.reverseOrder());
    backwards.putAll(many);
    assertThat(Ownership.tags(new Stack(OWNER, backwards, List.of(LOGS)), LOGS))
        .containsEntry(Ownership.TAG_KEYS, mark);
  }

  @Test
  void onlyWhatTheMarkNamesIsOutdated() {
    Map<String, String> actual =
        new TreeMap<>(
            Ownership.tags(
                new Stack(OWNER, new TreeMap<>(Map.of("team", "a", "stage", "b")), List.of(LOGS)),
                LOGS));
    actual.put("cost-center", "7");
    actual.put("aws:cloudformation:stack-name", "x");
    assertThat(Ownership.outdated(actual, Map.of("team", "a", Ownership.TAG_KEYS, "any")))
        .containsExactly("stage");
    assertThat(Ownership.outdated(actual, Map.of()))
        .containsExactly(Ownership.TAG_KEYS, "stage", "team");
  }

  @Test
  void withoutTheUsersTagsThereIsNoMark() {
    Stack stack = new Stack(OWNER, new TreeMap<>(), List.of(LOGS));
    assertThat(Ownership.tags(stack, LOGS)).doesNotContainKey(Ownership.TAG_KEYS);
  }

  @Test
  void theResourceIdIsReadBackFromTheTag() {
    Stack stack = new Stack(OWNER, new TreeMap<>(), List.of(LOGS));
    assertThat(Ownership.resourceId(Ownership.tags(stack, LOGS))).contains(Ids.LOG_GROUP);
  }

  @Test
  void aKindOfANewerVersionIsNotGuessed() {
    assertThat(Ownership.resourceId(Map.of(Ownership.RESOURCE_ID, "KindOfTomorrow/data")))
        .isEmpty();
  }
}
