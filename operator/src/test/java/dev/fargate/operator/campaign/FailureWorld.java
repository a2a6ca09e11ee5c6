package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.tasks.scripted.ImageScript;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.operator.stack.build.DatabaseRestore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A run in which one thing after the other fails and is mended. */
final class FailureWorld implements AutoCloseable {
  /** As an image that needs a moment before it finds that it cannot run. */
  private static final Duration A_MOMENT = Duration.ofSeconds(5);

  /** Once the first task has failed and been told of. */
  private static final Duration LATER = Duration.ofSeconds(70);

  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  private static final Duration ROUND = Duration.ofMinutes(5);
  private static final Duration FIRST_LOOKS = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofMinutes(4);
  private static final int LOOKS = 6;

  private final PropertyWorld objects = new PropertyWorld();
  private final CampaignWorld world = objects.world;

  /** What is applied while all is well, and what AWS has then; nothing at first. */
  private List<ObjectNode> applied = List.of();

  private List<String> aws = List.of();

  private boolean hasPoint;

  /** Lets it fail. @return what was told */
  String fail(Failure failure) {
    if (failure.entry().has("point") && !hasPoint) {
      objects.backUp(failure.before(), List.of());
      hasPoint = true;
    }
    if (!applied.equals(failure.before())) {
      applied = failure.before();
      objects.apply(applied);
      aws = objects.aws();
    }
    beginAnew();
    prepare(failure);
    Instant begin = world.now();
    objects.applyAtOnce(failure.edited());
    does(failure.entry().path("person"));
    if (failure.lasts().isPresent()) {
      world.run(failure.lasts().get());
    } else {
      settle();
    }
    if (failure.entry().has("then")) {
      objects.applyAtOnce(failure.editedAgain());
      settle();
    }
    return Story.of(begin, world.cluster.history(), world.cluster.events());
  }

  private void settle() {
    world.run(A_MOMENT);
    world.runUntil(LONG_ENOUGH, world.stage::settled);
    world.run(A_MOMENT);
  }

  /** Mends it. @return what is not as before; empty when all is */
  Optional<String> mend(Failure failure) {
    world.disturbance.aws(null);
    world.disturbance.shows((call, answer) -> answer);
    world.aws.failLoadBalancers(false);
    world.aws.failPlacement(null);
    world.aws.failBackups(null);
    world.aws.endRestores(null, null);
    objects.apply(failure.mended());
    Optional<String> wrong = wrong(failure);
    for (int i = 0; i < LOOKS && wrong.isPresent(); i++) {
      // Old targets leave late, and what was refused is believed to be missing for a while.
      world.run(A_WHILE);
      wrong = wrong(failure);
    }
    if (failure.leaves()) {
      applied = List.of();
    }
    return wrong;
  }

  private Optional<String> wrong(Failure failure) {
    List<String> complaints = objects.complaints();
    if (!complaints.isEmpty()) {
      return Optional.of(String.join("\n", complaints));
    }
    return failure.leaves() ? Optional.empty() : PropertyWorld.difference(objects.aws(), aws);
  }

  /** At a full time and in a process without memory: what was before makes no difference. */
  private void beginAnew() {
    long past = Math.floorMod(world.now().toEpochMilli(), ROUND.toMillis());
    world.run(ROUND.minusMillis(past));
    world.restart();
    world.run(FIRST_LOOKS);
  }

  /** What somebody does in AWS, in the order of the list. */
  private void does(JsonNode list) {
    list.forEach(what -> Person.does(what.asText(), world.person));
  }

  private void prepare(Failure failure) {
    JsonNode entry = failure.entry();
    script(failure.image(), entry.path("image"));
    entry.path("images").properties().forEach(it -> script(it.getKey(), it.getValue()));
    ImageScript mover = world.aws.scriptedTasks().image("mongo:7.0", DatabaseRestore.CONTAINER);
    entry
        .path("mover")
        .properties()
        .forEach(it -> script(mover.runs(), it.getKey(), it.getValue()));
    world.disturbance.aws(call -> refusal(entry.path("aws"), call));
    JsonNode shows = entry.path("shows");
    world.disturbance.shows(
        (call, answer) -> shows.has(call) ? Otherwise.of(answer, shows.get(call)) : answer);
    world.aws.failLoadBalancers(entry.has("balancers"));
    world.aws.failPlacement(entry.path("places").textValue());
    world.aws.failBackups(entry.path("backups").textValue());
    world.aws.endRestores(entry.at("/restores/0").textValue(), entry.at("/restores/1").textValue());
    if (entry.has("forgets")) {
      world.at(Duration.ofSeconds(entry.path("forgets").asInt()), () -> world.aws.forgetRestores());
    }
    if (entry.has("later")) {
      world.at(ROUND, () -> script(failure.image(), entry.get("later")));
    }
    if (entry.has("restarts")) {
      world.at(Duration.ofMinutes(entry.path("restarts").asInt()), world::restart);
    }
    if (entry.has("says")) {
      world.at(LATER, () -> says(failure.image(), entry.path("says").asText()));
    }
  }

  /** What the tasks of an image have written until now arrives in their logs. */
  private void says(String image, String line) {
    for (TaskRuntime.Launch launch : world.aws.scriptedTasks().launches()) {
      launch.containers().stream()
          .filter(container -> container.image().equals(image))
          .forEach(it -> world.aws.logs().append(it.logGroup(), it.logStream(), world.now(), line));
    }
  }

  private void script(String image, JsonNode how) {
    ImageScript script = world.aws.scriptedTasks().image(image);
    how.properties().forEach(it -> script(script, it.getKey(), it.getValue()));
  }

  private static void script(ImageScript image, String what, JsonNode how) {
    switch (what) {
      case "exits" -> image.exitsAfter(A_MOMENT, how.asInt());
      case "exitsLate" -> image.exitsAfter(Duration.ofSeconds(90), how.asInt());
      case "outOfMemory" -> image.runsOutOfMemoryAfter(A_MOMENT);
      case "notStarted" -> image.failsToPull(how.asText());
      case "answers" -> image.answers(how.asInt());
      case "silent" -> image.answersNothing();
      case "speaks" -> image.answersOnlyBy(how.asText());
      case "unhealthy" -> image.containerHealth(false);
      case "cpu" -> image.cpu(how.asInt());
      default -> throw new IllegalArgumentException("no image " + what);
    }
  }

  /** What AWS says to the operator's call; null where it serves it. */
  private static AwsException refusal(JsonNode refused, String call) {
    String service = call.substring(0, call.indexOf(':'));
    return Stream.of(call, service + ":*", "*")
        .filter(refused::has)
        .map(it -> refused.get(it))
        .findFirst()
        .map(it -> new AwsException(it.path(0).asText(), it.path(1).asText()))
        .orElse(null);
  }

  @Override
  public void close() {
    objects.close();
  }
}
