package dev.fargate.local.aws.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;

class FaultsTest {
  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final CloudWatchLogsClient logs =
      Clients.inThread(endpoint, CloudWatchLogsClient.builder());

  @Test
  void aLostResponseHasTakenEffect() {
    Fault lost = endpoint.faults().on("logs:CreateLogGroup").times(1).loseResponse();
    assertThatThrownBy(() -> create("g"))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("Connection reset");
    assertThat(lost.hits()).isEqualTo(1);
    assertThat(groups()).containsExactly("g");
    assertThat(endpoint.calls().named("logs:CreateLogGroup").get(0).error()).hasValue("(lost)");
  }

  @Test
  void aLostRequestHasNoEffect() {
    endpoint.faults().on("*").times(1).loseRequest();
    assertThatThrownBy(() -> create("g")).isInstanceOf(SdkClientException.class);
    assertThat(groups()).isEmpty();
  }

  @Test
  void overASocketALostResponseEndsTheConnection() {
    try (AwsEndpoint real = AwsEndpoint.builder().realTime(1).build()) {
      CloudWatchLogsClient client =
          Clients.overSocket(real.start(0), CloudWatchLogsClient.builder());
      Fault lost = real.faults().on("logs:CreateLogGroup").times(1).loseResponse();
      // The SDK sends the call again, and AWS answers as to any repeated creation.
      assertThatThrownBy(() -> client.createLogGroup(r -> r.logGroupName("g")))
          .hasMessageContaining("already exists");
      assertThat(lost.hits()).isEqualTo(1);
    }
  }

  @Test
  void anErrorBeforeTheEffectChangesNothing() {
    endpoint.faults().on("logs:CreateLogGroup").times(1).fail("ServiceUnavailable", "try later");
    assertThatThrownBy(() -> create("g")).hasMessageContaining("try later");
    assertThat(groups()).isEmpty();
    create("g");
    assertThat(groups()).containsExactly("g");
  }

  @Test
  void anErrorAfterTheEffectHasChangedSomething() {
    endpoint.faults().on("logs:*").times(1).failAfterEffect();
    assertThatThrownBy(() -> create("g"))
        .satisfies(e -> assertThat(((AwsServiceException) e).statusCode()).isEqualTo(500));
    assertThat(groups()).containsExactly("g");
  }

  @Test
  void aFaultMeetsOnlyTheCallsItDescribes() {
    endpoint
        .faults()
        .on("logs:CreateLogGroup")
        .when(input -> input.required("logGroupName").startsWith("bad"))
        .after(1)
        .times(1)
        .throttle();
    create("good");
    create("bad1");
    assertThatThrownBy(() -> create("bad2")).hasMessageContaining("Rate exceeded");
    create("bad3");
    assertThat(groups()).containsExactly("bad1", "bad3", "good");
  }

  @Test
  void aStaleReadAnswersWhatTheSameQuestionWasAnsweredBefore() {
    assertThat(groups()).isEmpty();
    create("g");
    endpoint.faults().on("logs:DescribeLogGroups").times(2).staleRead();
    assertThat(groups()).isEmpty();
    assertThat(groups()).isEmpty();
    assertThat(groups()).containsExactly("g");
  }

  @Test
  void anAnswerCanBeChanged() {
    create("g");
    endpoint
        .faults()
        .on("logs:DescribeLogGroups")
        .answer((input, output) -> Struct.of().with("logGroups", List.of()));
    assertThat(groups()).isEmpty();
    endpoint.faults().clear();
    assertThat(groups()).containsExactly("g");
  }

  @Test
  void aDelayMovesTheVirtualClock() {
    endpoint.faults().on("logs:CreateLogGroup").delay(Duration.ofMinutes(3));
    var before = endpoint.clock().now();
    create("g");
    assertThat(Duration.between(before, endpoint.clock().now())).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void throttlingFollowsAwsesBuckets() {
    endpoint.faults().throttleAsAws(true);
    for (int i = 0; i < 5; i++) {
      create("g" + i);
    }
    assertThatThrownBy(() -> create("one-more"))
        .isInstanceOf(CloudWatchLogsException.class)
        .satisfies(e -> assertThat(((AwsServiceException) e).isThrottlingException()).isTrue());
    endpoint.clock().advance(Duration.ofSeconds(1));
    create("one-more");
  }

  @Test
  void everyCallIsCountedAndRecordedWithPrincipalAndError() {
    create("g");
    assertThatThrownBy(() -> create("g")).isNotNull();
    groups();
    assertThat(endpoint.calls().counts())
        .containsEntry("logs:CreateLogGroup", 2)
        .containsEntry("logs:DescribeLogGroups", 1);
    assertThat(endpoint.calls().writes())
        .extracting(call -> call.error().orElse("ok"))
        .containsExactly("ok", "ResourceAlreadyExistsException");
    assertThat(endpoint.calls().all()).allMatch(call -> call.principal().equals("tester"));
    endpoint.calls().clear();
    assertThat(endpoint.calls().count("logs:CreateLogGroup")).isZero();
  }

  @Test
  void aMisspeltCallNameIsRefused() {
    assertThatThrownBy(() -> endpoint.faults().on("CreateLogGroup"))
        .hasMessageContaining("is not service:Operation");
  }

  private void create(String name) {
    logs.createLogGroup(r -> r.logGroupName(name));
  }

  private List<String> groups() {
    return logs.describeLogGroups().logGroups().stream().map(g -> g.logGroupName()).toList();
  }
}
