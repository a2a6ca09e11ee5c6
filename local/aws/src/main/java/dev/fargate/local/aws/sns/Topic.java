package dev.fargate.local.aws.sns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A standard topic and who hears it. */
final class Topic {
  final String arn;
  final Map<String, String> tags = new TreeMap<>();
  final List<Subscription> subscriptions = new ArrayList<>();
  String displayName = "";

  Topic(String arn) {
    this.arn = arn;
  }

  /**
   * A queue that hears the topic.
   *
   * @param raw the message alone, without the envelope
   */
  record Subscription(String arn, String queueArn, boolean raw) {}
}
