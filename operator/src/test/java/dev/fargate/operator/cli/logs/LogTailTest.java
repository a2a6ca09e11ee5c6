package dev.fargate.operator.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.clients.CallScope;
import dev.fargate.operator.aws.clients.Connection;
import dev.fargate.operator.aws.clients.RequestBuckets;
import dev.fargate.operator.aws.logs.LogLines;
import dev.fargate.operator.aws.logs.LogLines.Query;
import dev.fargate.operator.flow.VirtualWorld;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading and following log lines at the local endpoint, in virtual time. */
class LogTailTest {
  private static final String GROUP = "/fargate/acme/default/web";

  private final VirtualWorld world = new VirtualWorld();
  private final AwsClients aws =
      new AwsClients(
          new Connection("eu-central-1", null, null, Map.of()),
          world.awsSettings(),
          new RequestBuckets(world.clock(), world.aws.clock()::advance),
          world.clock());
  private final StringWriter out = new StringWriter();
  private final LogTail tail =
      new LogTail(
          new LogLines(aws.logs()),
          new Query(GROUP, "web/web/"),
          new PrintWriter(out),
          LogLines.Line::text);

  @BeforeEach
  void aLogGroup() {
    try (CallScope scope = CallScope.write(() -> true)) {
      aws.logs().createLogGroup(request -> request.logGroupName(GROUP));
    }
  }

  @AfterEach
  void close() {
    aws.close();
    world.close();
  }

  private void write(String stream, String line) {
    world.aws.logs().append(GROUP, stream, world.now(), line);
  }

  @Test
  void allTasksOfTheContainerAreReadInTheOrderOfTimeOverAllPages() {
    // AWS's page holds 10,000.
    Instant start = world.now().minusSeconds(60);
    for (int i = 0; i < 10_002; i++) {
      world.aws.logs().append(GROUP, "web/web/task" + i % 2, start.plusMillis(i), "line " + i);
    }
    write("web/proxy/task0", "another container");
    assertThat(tail.print(start)).isEqualTo(10_002);
    assertThat(out.toString().lines()).startsWith("line 0", "line 1").endsWith("line 10001");
    assertThat(world.aws.calls().named("logs:FilterLogEvents")).hasSize(2);
  }

  @Test
  void onlyWhatIsNotOlderThanAskedIsRead() {
    write("web/web/a", "old");
    world.aws.clock().advance(Duration.ofMinutes(11));
    write("web/web/a", "new");
    assertThat(tail.print(world.now().minus(Duration.ofMinutes(10)))).isEqualTo(1);
    assertThat(out).hasToString("new\n");
  }

  @Test
  void followingPrintsEachLineOnceAlsoOneThatArrivesLate() throws InterruptedException {
    write("web/web/a", "one");
    tail.print(world.now().minusSeconds(60));
    int[] looks = {0};
    tail.follow(
        time -> {
          assertThat(time).isEqualTo(LogTail.PERIOD);
          world.aws.clock().advance(time);
          looks[0]++;
          if (looks[0] == 2) {
            write("web/web/b", "two");
            // Of another task, from before the newest line.
            world.aws.logs().append(GROUP, "web/web/c", world.now().minusSeconds(5), "late");
          }
          return looks[0] < 20;
        });
    assertThat(out.toString().lines()).containsExactlyInAnyOrder("one", "two", "late");
  }

  @Test
  void whileFollowingAnErrorThatPassesIsWaitedFor() throws InterruptedException {
    tail.print(world.now());
    world.aws.faults().on("logs:FilterLogEvents").times(4).throttle();
    write("web/web/a", "one");
    int[] looks = {0};
    tail.follow(
        time -> {
          world.aws.clock().advance(time);
          return looks[0]++ < 10;
        });
    assertThat(out).hasToString("one\n");
  }

  @Test
  void aGroupThatDoesNotExistIsAnError() {
    LogTail other =
        new LogTail(
            new LogLines(aws.logs()),
            new Query("/fargate/acme/default/other", "web/"),
            new PrintWriter(out),
            LogLines.Line::text);
    assertThatThrownBy(() -> other.print(world.now()))
        .isInstanceOfSatisfying(
            AwsFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("ResourceNotFoundException"));
  }
}
