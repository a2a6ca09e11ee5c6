package dev.fargate.local.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Topics that queues hear, by the SDK's own clients. */
class SnsTest {
  private final AwsEndpoint aws = AwsEndpoint.builder().build();
  private final SnsClient sns = Clients.inThread(aws, SnsClient.builder());
  private final SqsClient sqs = Clients.inThread(aws, SqsClient.builder());

  @AfterEach
  void close() {
    aws.close();
  }

  private String queue(String name) {
    return sqs.createQueue(r -> r.queueName(name)).queueUrl();
  }

  private String arn(String queueUrl) {
    return sqs.getQueueAttributes(
            r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  private List<Message> receive(String queueUrl) {
    return sqs.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10)).messages();
  }

  @Test
  void everySubscribedQueueHearsWhatIsPublished() {
    String topic = sns.createTopic(r -> r.name("news")).topicArn();
    String one = queue("one");
    String raw = queue("raw");
    sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(arn(one)));
    sns.subscribe(
        r ->
            r.topicArn(topic)
                .protocol("sqs")
                .endpoint(arn(raw))
                .attributes(Map.of("RawMessageDelivery", "true")));
    String id = sns.publish(r -> r.topicArn(topic).subject("s").message("hello")).messageId();

    assertThat(receive(raw)).singleElement().matches(message -> message.body().equals("hello"));
    assertThat(receive(one))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.body())
                    .contains("\"MessageId\":\"" + id + "\"", "\"Subject\":\"s\"", "hello"));
  }

  @Test
  void aReceivedMessageIsHiddenForAWhileAndGoneWhenDeleted() {
    String topic = sns.createTopic(r -> r.name("news")).topicArn();
    String queue = queue("one");
    sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(arn(queue)));
    sns.publish(r -> r.topicArn(topic).message("hello"));

    assertThat(receive(queue)).hasSize(1);
    assertThat(receive(queue)).isEmpty();
    aws.clock().advance(Duration.ofSeconds(31));
    Message again = receive(queue).get(0);
    sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(again.receiptHandle()));
    aws.clock().advance(Duration.ofSeconds(31));
    assertThat(receive(queue)).isEmpty();
  }

  @Test
  void topicsAreListedTaggedAndDeleted() {
    String topic = sns.createTopic(r -> r.name("news").tags(t -> t.key("a").value("1"))).topicArn();
    assertThat(sns.createTopic(r -> r.name("news")).topicArn()).isEqualTo(topic);
    assertThat(sns.listTopics().topics())
        .extracting(each -> each.topicArn())
        .containsExactly("arn:aws:sns:eu-central-1:123456789012:fargate-operator-alarms", topic);
    assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes())
        .containsEntry("Owner", "123456789012");
    assertThat(sns.listTagsForResource(r -> r.resourceArn(topic)).tags()).hasSize(1);
    sns.deleteTopic(r -> r.topicArn(topic));
    assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic).message("x")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Topic does not exist");
  }

  @Test
  void aSeededTopicIsHeardByTheQueueOfItsName() {
    String topic = sns.listTopics().topics().get(0).topicArn();
    assertThat(sns.listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions())
        .singleElement()
        .satisfies(
            subscription -> {
              assertThat(subscription.protocol()).isEqualTo("sqs");
              assertThat(subscription.endpoint()).endsWith(":fargate-operator-alarms");
            });
  }

  @Test
  void whatWouldLeaveTheMachineIsRefused() {
    String topic = sns.createTopic(r -> r.name("news")).topicArn();
    assertThatThrownBy(
            () -> sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("a@b.c")))
        .hasMessageContaining("protocol email (only sqs)");
    assertThatThrownBy(() -> sqs.getQueueUrl(r -> r.queueName("none")))
        .isInstanceOf(QueueDoesNotExistException.class);
  }
}
