package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.build.Ids;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final Owner OWNER = new Owner("acme", "FargateApp", "shop", "web");
  private static final LogGroup LOGS =
      new LogGroup(Ids.LOG_GROUP, "/fargate/acme/shop/web", 7, false);

  @Test
  void aUserTagCannotForgeOwnership() {
    var forged = new TreeMap<>(Map.of(Ownership.RESOURCE_OF, "FargateApp/other/app"));
    Stack stack = new Stack(OWNER, forged, List.of(LOGS));
    assertThat(Ownership.tags(stack, LOGS))
        .containsEntry(Ownership.RESOURCE_OF, "FargateApp/shop/web");
  }

  @Test
  void anotherInstallationsResourceIsNotOurs() {
    Map<String, String> tags =
        Map.of(Ownership.OWNER_ID, "other", Ownership.RESOURCE_OF, OWNER.reference());
    assertThat(Ownership.owns(OWNER, tags)).isFalse();
  }

  @Test
  void theResourceIdIsReadBackFromTheTag() {
    Stack stack = new Stack(OWNER, new TreeMap<>(), List.of(LOGS));
    assertThat(Ownership.resourceId(Ownership.tags(stack, LOGS))).contains(Ids.LOG_GROUP);
  }

  @Test
  void aKindOfANewerVersionIsNotGuessed() {
    assertThat(Ownership.resourceId(Map.of(Ownership.RESOURCE_ID, "FileSystem/data"))).isEmpty();
  }
}
