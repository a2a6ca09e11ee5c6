package dev.fargate.operator.aws.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.operator.apply.LeadershipLost;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What a call passes, against the embedded AWS. */
class CallGateTest {
  private static final String WRITE = "logs:CreateLogGroup";

  private final AwsEndpoint aws = AwsEndpoint.builder().build();
  private final AwsClients clients =
      new AwsClients(
          Connection.in(aws.world().region()),
          new ClientSettings(
              aws::httpClient,
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "none")),
              false,
              CallListener.none(),
              configuration -> {}),
          new RequestBuckets(Clock.systemUTC(), time -> {}),
          Clock.systemUTC());

  @AfterEach
  void close() {
    clients.close();
    aws.close();
  }

  private void write() {
    clients.logs().createLogGroup(request -> request.logGroupName("one"));
  }

  private int attempts() {
    return aws.calls().matching(call -> call.name().equals(WRITE)).size();
  }

  @Test
  void whileLeadingTheSdkSendsAFailedWriteAgain() {
    aws.faults().on(WRITE).times(1).fail("ThrottlingException", "asked for by a test");
    try (CallScope scope = CallScope.write(() -> true)) {
      assertThat(scope).isNotNull();
      write();
    }
    assertThat(attempts()).isEqualTo(2);
  }

  @Test
  void aWriteIsNotSentAgainOnceLeadershipIsLost() {
    aws.faults().on(WRITE).fail("ThrottlingException", "asked for by a test");
    try (CallScope scope = CallScope.write(() -> attempts() == 0)) {
      assertThat(scope).isNotNull();
      assertThatThrownBy(this::write).isInstanceOf(LeadershipLost.class);
    }
    assertThat(attempts()).isEqualTo(1);
  }

  @Test
  void outsideApplyNothingIsWritten() {
    assertThatThrownBy(this::write)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only apply writes");
    assertThat(attempts()).isZero();
  }

  @Test
  void aReadAsksForNoLeadership() {
    try (CallScope scope = CallScope.write(() -> false)) {
      assertThat(scope).isNotNull();
      assertThat(clients.logs().describeLogGroups().logGroups()).isEmpty();
    }
  }
}
