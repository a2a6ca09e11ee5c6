package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.apply.Lacking;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrerequisitesJudgedTest {
  private static final WayOut OPEN = new WayOut(List.of(), List.of(), null);

  private static Condition judged(List<Lacking> lacking, WayOut wayOut) {
    Conditions conditions = new Conditions(List.of(), 1L, Instant.parse("2026-11-29T00:00:00Z"));
    Prerequisites.judge(conditions, lacking, wayOut);
    return conditions.build().get(0);
  }

  @Test
  void subnetsWithoutADefaultRouteAreNamedWithWhatWouldMakeThemWell() {
    Condition condition =
        judged(List.of(), new WayOut(List.of("subnet-a", "subnet-b"), List.of("subnet-c"), null));
    assertThat(condition.getStatus()).isEqualTo("Unknown");
    assertThat(condition.getMessage())
        .contains("subnet-a, subnet-b without a default route", "VPC endpoints", "subnet-c lead");
  }

  @Test
  void whatIsMissingForSureCountsMoreThanADoubt() {
    Condition condition =
        judged(
            List.of(new Lacking.Right("ecs:CreateService", null)), WayOut.unread("AccessDenied"));
    assertThat(condition.getReason()).isEqualTo("PrerequisiteMissing");
  }

  @Test
  void ofManyTheFirstTenAreNamedAndTheRestCounted() {
    List<Lacking> many =
        IntStream.range(10, 23)
            .<Lacking>mapToObj(i -> new Lacking.Right("ecs:Do" + i, "arn:" + i))
            .toList();
    assertThat(judged(many, OPEN).getMessage())
        .contains("ecs:Do19 on arn:19; and 3 more.")
        .doesNotContain("ecs:Do20");
  }
}
