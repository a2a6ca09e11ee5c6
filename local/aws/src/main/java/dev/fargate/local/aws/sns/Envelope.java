package dev.fargate.local.aws.sns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What SNS puts around a message for a queue. AWS also signs it; here nobody could check that. */
record Envelope(String messageId, String topicArn, String subject, String message, Instant time) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("Type", "Notification");
    node.put("MessageId", messageId);
    node.put("TopicArn", topicArn);
    if (subject != null) {
      node.put("Subject", subject);
    }
    node.put("Message", message);
    node.put("Timestamp", time.toString());
    return node.toString();
  }
}
