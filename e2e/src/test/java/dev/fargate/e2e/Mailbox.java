package dev.fargate.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue that hears a topic, as a person subscribes one to be told of alarms. */
final class Mailbox implements AutoCloseable {
  private static final String QUEUE = "on-call";

  /** As many as a call gives. */
  private static final int MOST = 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqsClient sqs;
  private final SnsClient sns;
  private final String url;
  private final String subscription;
  private final List<JsonNode> notices = new ArrayList<>();

  Mailbox(Account account, String topicArn) {
    sqs = account.client(SqsClient.builder());
    sns = account.client(SnsClient.builder());
    url = sqs.createQueue(r -> r.queueName(QUEUE)).queueUrl();
    String arn =
        sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    subscription =
        sns.subscribe(r -> r.topicArn(topicArn).protocol("sqs").endpoint(arn)).subscriptionArn();
  }

  /**
   * Whether the topic has told, since the last {@link #clear}, that an alarm entered a state.
   *
   * @param alarm how the alarm's name ends
   */
  boolean has(String alarm, String state) {
    read();
    return notices.stream()
        .anyMatch(
            notice ->
                notice.path("AlarmName").asText().endsWith(alarm)
                    && notice.path("NewStateValue").asText().equals(state));
  }

  /** Forgets what has been told. */
  void clear() {
    read();
    notices.clear();
  }

  private void read() {
    List<Message> messages;
    do {
      messages = sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(MOST)).messages();
      for (Message message : messages) {
        notices.add(json(json(message.body()).path("Message").asText()));
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    } while (!messages.isEmpty());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  @Override
  public void close() {
    sns.unsubscribe(r -> r.subscriptionArn(subscription));
    sqs.deleteQueue(r -> r.queueUrl(url));
    sqs.close();
    sns.close();
  }
}
