package dev.fargate.local.aws.sqs;

/** The account's queues, for services that send to them. */
public interface Queues {
  /** Makes a queue, or finds it; its ARN. */
  String create(String name);

  boolean exists(String queueArn);

  /** Sends; nothing happens where the queue has gone meanwhile, as in AWS. */
  void send(String queueArn, String body);
}
