package dev.fargate.operator.aws.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.aws.reading.Reader.Part;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Kind KIND = Kind.LOG_GROUP;

  private final MovableClock clock = new MovableClock();
  private final Snapshot snapshot = new Snapshot(clock);

  @Test
  void aKindIsUnknownUntilACompleteSweep() {
    snapshot.read(KIND, Part.all(List.of()), snapshot.stamp());
    assertThat(snapshot.isKnown(KIND)).isFalse();

    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());

    assertThat(snapshot.isKnown(KIND)).isTrue();
  }

  @Test
  void aSweepThatBeganBeforeAnOwnChangeDoesNotUndoIt() {
    long before = snapshot.stamp();
    snapshot.updated(group("a", 30));

    snapshot.swept(KIND, Part.all(List.of(group("a", 7))), before);

    assertThat(snapshot.of(KIND)).containsExactly(group("a", 30));
  }

  @Test
  void aNewerSweepWinsEvenWhenTheClockStandsStill() {
    snapshot.updated(group("a", 30));

    snapshot.swept(KIND, Part.all(List.of(group("a", 7))), snapshot.stamp());

    assertThat(snapshot.of(KIND)).containsExactly(group("a", 7));
  }

  @Test
  void whatWeJustCreatedIsNotAbsentForTwoMinutes() {
    snapshot.created(group("a", 30));

    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());
    assertThat(snapshot.of(KIND)).hasSize(1);

    clock.advance(Duration.ofMinutes(2));
    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());
    assertThat(snapshot.of(KIND)).isEmpty();
  }

  @Test
  void onceAwsHasShownItItsAbsenceIsBelievedAtOnce() {
    snapshot.created(group("a", 30));
    snapshot.swept(KIND, Part.all(List.of(group("a", 30))), snapshot.stamp());

    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());

    assertThat(snapshot.of(KIND)).isEmpty();
  }

  @Test
  void aSweepThatBeganBeforeADeleteNeitherBringsBackNorConfirms() {
    snapshot.swept(KIND, Part.all(List.of(group("a", 7))), snapshot.stamp());
    long before = snapshot.stamp();
    snapshot.deleted(group("a", 7));

    snapshot.swept(KIND, Part.all(List.of(group("a", 7))), before);
    assertThat(snapshot.of(KIND)).isEmpty();
    assertThat(snapshot.unconfirmed(seen -> true)).hasSize(1);

    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());
    assertThat(snapshot.unconfirmed(seen -> true)).isEmpty();
  }

  @Test
  void aNarrowReadSaysNothingOfWhatItDidNotCover() {
    snapshot.swept(KIND, Part.all(List.of(group("a", 7), group("b", 7))), snapshot.stamp());

    snapshot.read(KIND, new Part(seen -> seen.key().equals("a"), List.of()), snapshot.stamp());

    assertThat(snapshot.of(KIND)).containsExactly(group("b", 7));
  }

  @Test
  void onlyWhatDiffersIsToldAsChanged() {
    snapshot.swept(KIND, Part.all(List.of(group("a", 7), group("b", 7))), snapshot.stamp());

    List<Seen> changed =
        snapshot.swept(KIND, Part.all(List.of(group("a", 7), group("b", 30))), snapshot.stamp());

    assertThat(changed).containsExactlyInAnyOrder(group("b", 7), group("b", 30));
  }

  @Test
  void whatCouldNotBeCreatedIsOneThingToLookForUntilASweepAfterTheGraceOfAws() {
    Owner owner = new Owner("acme", "FargateApp", "default", "web");
    Resource wanted = group("a", 7).actual();
    snapshot.attempted(owner, wanted, false);
    snapshot.attempted(owner, wanted, false);
    assertThat(snapshot.attempts(owner)).hasSize(1);
    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());
    assertThat(snapshot.attempts(owner)).as("lists lag").hasSize(1);
    clock.advance(Duration.ofMinutes(3));
    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());
    assertThat(snapshot.attempts(owner)).isEmpty();
  }

  @Test
  void aLookThatFindsNothingSaysSoOnlyOnceAwsMustKnowIt() {
    Owner owner = new Owner("acme", "FargateApp", "default", "web");
    Resource wanted = group("a", 7).actual();
    snapshot.attempted(owner, wanted, false);
    assertThat(snapshot.lookedFor(snapshot.attempts(owner).get(0))).isFalse();
    clock.advance(Duration.ofMinutes(3));
    assertThat(snapshot.lookedFor(snapshot.attempts(owner).get(0))).isTrue();
    assertThat(snapshot.attempts(owner)).isEmpty();

    snapshot.attempted(owner, wanted, false);
    snapshot.attempted(owner, wanted, true);
    assertThat(snapshot.lookedFor(snapshot.attempts(owner).get(0)))
        .as("refused, but not the first time")
        .isFalse();
    clock.advance(Duration.ofMinutes(3));
    snapshot.swept(KIND, Part.all(List.of()), snapshot.stamp());

    snapshot.attempted(owner, wanted, true);
    assertThat(snapshot.lookedFor(snapshot.attempts(owner).get(0))).as("refused").isTrue();
  }

  private static Seen group(String name, int days) {
    return Seen.active(
        name,
        new LogGroup(new ResourceId(KIND, name), name, days, false),
        Map.of(Output.NAME, name),
        Map.of());
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
