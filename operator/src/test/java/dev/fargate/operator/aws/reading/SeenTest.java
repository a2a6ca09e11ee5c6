package dev.fargate.operator.aws.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.ResourceId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a thing is that a sweep has seen. */
class SeenTest {
  private static final Owner OURS = new Owner("acme", "FargateApp", "default", "phoenix");
  private static final Owner NEIGHBOUR = new Owner("acme", "FargateApp", "default", "other");
  private static final Owner OTHER_INSTALLATION =
      new Owner("rival", "FargateApp", "default", "phoenix");

  private static Seen tagged(Map<String, String> tags) {
    ResourceId id = new ResourceId(Kind.LOG_GROUP, "logs");
    return Seen.active("key", new LogGroup(id, "name", 7, false), Map.of(), tags);
  }

  private static Seen of(Owner owner) {
    return tagged(
        Map.of(
            Ownership.OWNER_ID, owner.ownerId(),
            Ownership.RESOURCE_OF, owner.reference()));
  }

  @Test
  void whatCarriesBothTagsIsOurs() {
    assertThat(of(OURS).isOf(OURS)).isTrue();
  }

  @Test
  void aNeighboursThingIsNotOurs() {
    assertThat(of(NEIGHBOUR).isOf(OURS)).isFalse();
  }

  @Test
  void anotherInstallationsThingIsNotOursThoughTheObjectHasTheSameName() {
    assertThat(of(OTHER_INSTALLATION).isOf(OURS)).isFalse();
    assertThat(of(OTHER_INSTALLATION).ownerReference("acme")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "web", "FargateApp", "FargateApp/web", "FargateApp/a/b/c", "//", "x/y"})
  void aTagThatNamesNoObjectMakesAThingNobodys(String reference) {
    assertThat(
            tagged(Map.of(Ownership.OWNER_ID, "acme", Ownership.RESOURCE_OF, reference))
                .ownerReference("acme"))
        .isNull();
  }

  @Test
  void whatLacksATagIsNotOurs() {
    assertThat(tagged(Map.of()).isOf(OURS)).isFalse();
    assertThat(tagged(Map.of(Ownership.RESOURCE_OF, OURS.reference())).isOf(OURS)).isFalse();
    assertThat(tagged(Map.of(Ownership.OWNER_ID, "acme")).isOf(OURS)).isFalse();
  }
}
