package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.build.Ids;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static Owner app(String namespace, String name) {
    return new Owner("acme", "FargateApp", namespace, name);
  }

  @Test
  void aNameIsReadable() {
    assertThat(Names.readable(app("shop", "web"), Ids.SERVICE)).matches("shop-web-[0-9a-f]{6}");
  }

  @Test
  void namesFromTwoNamespacesNeverMeet() {
    assertThat(Names.readable(app("a-b", "c"), Ids.SERVICE))
        .isNotEqualTo(Names.readable(app("a", "b-c"), Ids.SERVICE));
    assertThat(Names.compact(app("a-b", "c"), Ids.SERVICE))
        .isNotEqualTo(Names.compact(app("a", "b-c"), Ids.SERVICE));
  }

  @Test
  void anAppAndADatabaseOfOneNameShareNothing() {
    Owner database = new Owner("acme", "FargateDatabase", "shop", "web");
    assertThat(Names.readable(database, Ids.SERVICE))
        .isNotEqualTo(Names.readable(app("shop", "web"), Ids.SERVICE));
    assertThat(Names.logGroup(database)).isNotEqualTo(Names.logGroup(app("shop", "web")));
    assertThat(Names.secret(database, "env")).isNotEqualTo(Names.secret(app("shop", "web"), "env"));
  }

  @Test
  void twoInstallationsShareNothing() {
    Owner other = new Owner("other", "FargateApp", "shop", "web");
    assertThat(Names.readable(other, Ids.SERVICE))
        .isNotEqualTo(Names.readable(app("shop", "web"), Ids.SERVICE));
  }

  @Test
  void anotherImmutableFieldIsAnotherName() {
    Owner owner = app("shop", "web");
    ResourceId id = Ids.targetGroup("http");
    assertThat(Names.compact(owner, id, 3000)).isNotEqualTo(Names.compact(owner, id, 3001));
    assertThat(Names.compact(owner, id, 3000)).isEqualTo(Names.compact(owner, id, 3000));
  }

  @Test
  void theLongestKubernetesNamesStillFitAws() {
    Owner owner = app("n".repeat(63), "a".repeat(253));
    assertThat(Names.readable(owner, Ids.SERVICE)).hasSizeLessThanOrEqualTo(255);
    assertThat(Names.compact(owner, Ids.SERVICE)).hasSize(32).matches("[a-z0-9][a-z0-9-]*[a-z0-9]");
  }

  @Test
  void aCutNameHasNoDoubledHyphen() {
    Owner owner = app("abcdefghijklmnopqrst", "x");
    assertThat(Names.compact(owner, Ids.SERVICE)).doesNotContain("--");
  }

  @Test
  void aLoadBalancerNameNeverStartsWithAwsReservedPrefix() {
    Owner owner = new Owner("acme", "FargateEnvironment", "", "internal-prod");
    assertThat(Names.compact(owner, Ids.loadBalancer("public"))).doesNotStartWith("internal-");
  }

  @Test
  void dotsOfKubernetesNamesBecomeHyphens() {
    assertThat(Names.readable(app("shop", "web.v2"), Ids.SERVICE)).startsWith("shop-web-v2-");
  }
}
