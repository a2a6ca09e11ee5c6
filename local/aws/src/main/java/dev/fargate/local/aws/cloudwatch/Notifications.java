package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.wire.AwsException;

/** Where alarms are heard. */
public interface Notifications {
  /**
   * Publishes to a topic.
   *
   * @throws AwsException as SNS answers CloudWatch, for example when there is no such topic
   */
  void publish(String topicArn, String subject, String message);
}
