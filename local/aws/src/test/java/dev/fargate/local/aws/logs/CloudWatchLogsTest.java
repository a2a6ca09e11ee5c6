package dev.fargate.local.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

class CloudWatchLogsTest {
  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final CloudWatchLogsClient logs =
      Clients.inThread(endpoint, CloudWatchLogsClient.builder());

  @Test
  void aGroupIsMadeOnceWithItsTags() {
    logs.createLogGroup(r -> r.logGroupName("/app/web").tags(Map.of("owner", "me")));
    assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName("/app/web")))
        .isInstanceOf(ResourceAlreadyExistsException.class)
        .hasMessageContaining("The specified log group already exists");
    LogGroup group = group("/app/web");
    assertThat(group.logGroupArn())
        .isEqualTo("arn:aws:logs:eu-central-1:123456789012:log-group:/app/web");
    assertThat(group.arn()).isEqualTo(group.logGroupArn() + ":*");

    logs.tagResource(r -> r.resourceArn(group.logGroupArn()).tags(Map.of("kind", "app")));
    logs.untagResource(r -> r.resourceArn(group.logGroupArn()).tagKeys("owner"));
    assertThat(logs.listTagsForResource(r -> r.resourceArn(group.logGroupArn())).tags())
        .isEqualTo(Map.of("kind", "app"));
  }

  @Test
  void onlyAwsesRetentionsAreTakenAndTheyCanBeRemoved() {
    logs.createLogGroup(r -> r.logGroupName("g"));
    logs.putRetentionPolicy(r -> r.logGroupName("g").retentionInDays(7));
    assertThat(group("g").retentionInDays()).isEqualTo(7);
    assertThatThrownBy(() -> logs.putRetentionPolicy(r -> r.logGroupName("g").retentionInDays(8)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("retentionInDays");
    logs.deleteRetentionPolicy(r -> r.logGroupName("g"));
    assertThat(group("g").retentionInDays()).isNull();
  }

  @Test
  void linesOlderThanTheRetentionAreGone() {
    logs.createLogGroup(r -> r.logGroupName("g"));
    logs.putRetentionPolicy(r -> r.logGroupName("g").retentionInDays(1));
    append("s", "old");
    endpoint.clock().advance(Duration.ofHours(20));
    append("s", "new");
    endpoint.clock().advance(Duration.ofHours(5));
    assertThat(messages(logs.getLogEvents(r -> r.logGroupName("g").logStreamName("s"))))
        .containsExactly("new");
  }

  @Test
  void readingGoesOnWhereItEnded() {
    logs.createLogGroup(r -> r.logGroupName("g"));
    append("s", "one");
    append("s", "two");
    GetLogEventsResponse first =
        logs.getLogEvents(r -> r.logGroupName("g").logStreamName("s").startFromHead(true));
    assertThat(messages(first)).containsExactly("one", "two");
    append("s", "three");
    GetLogEventsResponse second = next(first);
    assertThat(messages(second)).containsExactly("three");
    assertThat(next(second).nextForwardToken()).isEqualTo(second.nextForwardToken());
    assertThat(messages(logs.getLogEvents(r -> r.logGroupName("g").logStreamName("s").limit(1))))
        .containsExactly("three");
  }

  @Test
  void filteringSearchesAllStreamsInOrderOfTime() {
    logs.createLogGroup(r -> r.logGroupName("g"));
    append("b", "GET / 200");
    endpoint.clock().advance(Duration.ofSeconds(1));
    append("a", "GET /crash 500");
    append("a", "bye");
    assertThat(
            logs
                .filterLogEventsPaginator(
                    r -> r.logGroupName("g").filterPattern("GET \"/\"").limit(1))
                .events()
                .stream()
                .map(FilteredLogEvent::message))
        .containsExactly("GET / 200", "GET /crash 500");
    assertThatThrownBy(
            () -> logs.filterLogEvents(r -> r.logGroupName("g").filterPattern("{ $.x = 1 }")))
        .isInstanceOf(CloudWatchLogsException.class)
        .hasMessageContaining("does not support FilterLogEvents with a filterPattern other than");
  }

  @Test
  void theNewestStreamComesFirstWhenAskedSo() {
    logs.createLogGroup(r -> r.logGroupName("g"));
    append("a", "x");
    endpoint.clock().advance(Duration.ofSeconds(1));
    append("b", "x");
    assertThat(
            logs.describeLogStreams(
                    r -> r.logGroupName("g").orderBy(OrderBy.LAST_EVENT_TIME).descending(true))
                .logStreams())
        .extracting(s -> s.logStreamName())
        .containsExactly("b", "a");
  }

  @Test
  void aDeletedGroupIsGoneAndLinesForItAreDropped() {
    logs.createLogGroup(r -> r.logGroupName("g"));
    logs.deleteLogGroup(r -> r.logGroupName("g"));
    append("s", "lost");
    assertThatThrownBy(() -> logs.deleteLogGroup(r -> r.logGroupName("g")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("The specified log group does not exist.");
    assertThat(logs.describeLogGroups().logGroups()).isEmpty();
  }

  @Test
  void groupsAreListedByPrefixAndInPages() {
    for (String name : List.of("a1", "a2", "a3", "b1")) {
      logs.createLogGroup(r -> r.logGroupName(name));
    }
    assertThat(
            logs
                .describeLogGroupsPaginator(r -> r.logGroupNamePrefix("a").limit(2))
                .logGroups()
                .stream()
                .map(LogGroup::logGroupName))
        .containsExactly("a1", "a2", "a3");
    assertThat(endpoint.calls().count("logs:DescribeLogGroups")).isEqualTo(2);
  }

  @Test
  void aNameThatBreaksAwsesPatternIsRefusedInAwsesWords() {
    assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName("no spaces")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(
            "1 validation error detected: Value 'no spaces' at 'logGroupName' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern");
  }

  private void append(String stream, String line) {
    endpoint.logs().append("g", stream, endpoint.clock().now(), line);
  }

  private LogGroup group(String name) {
    return logs.describeLogGroups(r -> r.logGroupNamePrefix(name)).logGroups().get(0);
  }

  private GetLogEventsResponse next(GetLogEventsResponse before) {
    return logs.getLogEvents(
        r -> r.logGroupName("g").logStreamName("s").nextToken(before.nextForwardToken()));
  }

  private static List<String> messages(GetLogEventsResponse response) {
    return response.events().stream().map(OutputLogEvent::message).toList();
  }
}
