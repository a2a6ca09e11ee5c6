package dev.fargate.local.aws.sqs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * SQS as far as reading what a topic has published needs it: standard queues with AWS's defaults. A
 * receive answers at once, also where it asks to wait: nothing may block the endpoint.
 */
public final class Sqs implements ServiceBehaviour, Queues {
  private static final String NO_QUEUE = "AWS.SimpleQueueService.NonExistentQueue";
  private static final int MOST_RECEIVED = 10;
  private static final int LONGEST_HIDDEN_SECONDS = 43_200;

  private interface Operation {
    Struct run(Struct in, Caller caller);
  }

  private final Map<String, Operation> operations = new TreeMap<>();
  private final Map<String, Queue> byName = new TreeMap<>();
  private final Scheduler scheduler;
  private final String region;
  private final String accountId;
  private long ids;

  public Sqs(Scheduler scheduler, String region, String accountId) {
    this.scheduler = scheduler;
    this.region = region;
    this.accountId = accountId;
    operations.put("CreateQueue", this::create);
    operations.put("DeleteQueue", this::deleteQueue);
    operations.put("GetQueueUrl", this::url);
    operations.put("GetQueueAttributes", this::attributes);
    operations.put("ListQueues", this::list);
    operations.put("ReceiveMessage", this::receive);
    operations.put("DeleteMessage", this::deleteMessage);
    operations.put("PurgeQueue", this::purge);
  }

  @Override
  public String signingName() {
    return "sqs";
  }

  @Override
  public Set<String> operations() {
    return operations.keySet();
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return operations.get(operation).run(input, caller);
  }

  @Override
  public String create(String name) {
    return byName.computeIfAbsent(name, this::made).arn;
  }

  private Queue made(String name) {
    return new Queue(
        name,
        "arn:aws:sqs:" + region + ":" + accountId + ":" + name,
        "https://sqs." + region + ".amazonaws.com/" + accountId + "/" + name,
        scheduler.now());
  }

  @Override
  public boolean exists(String queueArn) {
    return byArn(queueArn).isPresent();
  }

  @Override
  public void send(String queueArn, String body) {
    String id = new UUID(0x5371734d65737361L, ++ids).toString();
    byArn(queueArn).ifPresent(queue -> queue.add(new Queue.Message(id, body, scheduler.now())));
  }

  private Optional<Queue> byArn(String arn) {
    return byName.values().stream().filter(queue -> queue.arn.equals(arn)).findFirst();
  }

  private Struct create(Struct in, Caller caller) {
    String name = in.required("QueueName");
    if (!name.matches("[A-Za-z0-9_-]{1,80}")) {
      throw new AwsException(
          "InvalidParameterValue",
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    } else if (!in.map("Attributes").isEmpty()) {
      throw unsupported("queue attributes " + in.map("Attributes").keySet());
    }
    create(name);
    return Struct.of().with("QueueUrl", byName.get(name).url);
  }

  private Struct deleteQueue(Struct in, Caller caller) {
    byName.remove(queue(in).name);
    return Struct.of();
  }

  private Struct url(Struct in, Caller caller) {
    Queue queue = byName.get(in.required("QueueName"));
    if (queue == null) {
      throw noQueue();
    }
    return Struct.of().with("QueueUrl", queue.url);
  }

  private Struct attributes(Struct in, Caller caller) {
    Queue queue = queue(in);
    Map<String, Object> all = new TreeMap<>();
    all.put("QueueArn", queue.arn);
    all.put("ApproximateNumberOfMessages", String.valueOf(queue.visible(scheduler.now())));
    all.put(
        "ApproximateNumberOfMessagesNotVisible", String.valueOf(queue.inFlight(scheduler.now())));
    all.put("CreatedTimestamp", String.valueOf(queue.created.getEpochSecond()));
    all.put("VisibilityTimeout", String.valueOf(Queue.VISIBILITY_SECONDS));
    all.put("MessageRetentionPeriod", String.valueOf(Queue.RETENTION_SECONDS));
    List<String> wanted = in.strings("AttributeNames");
    if (!wanted.contains("All")) {
      all.keySet().retainAll(wanted);
    }
    return Struct.of().with("Attributes", all);
  }

  private Struct list(Struct in, Caller caller) {
    String prefix = in.string("QueueNamePrefix").orElse("");
    return Struct.of()
        .with(
            "QueueUrls",
            byName.values().stream()
                .filter(queue -> queue.name.startsWith(prefix))
                .map(queue -> queue.url)
                .toList());
  }

  private Struct receive(Struct in, Caller caller) {
    Queue queue = queue(in);
    int most = in.integer("MaxNumberOfMessages").orElse(1);
    int hidden = in.integer("VisibilityTimeout").orElse(Queue.VISIBILITY_SECONDS);
    if (most < 1 || most > MOST_RECEIVED || hidden < 0 || hidden > LONGEST_HIDDEN_SECONDS) {
      throw new AwsException(
          "InvalidParameterValue",
          "MaxNumberOfMessages must be between 1 and 10, VisibilityTimeout between 0 and 43200.");
    }
    List<Struct> messages =
        queue.receive(most, hidden, scheduler.now()).stream()
            .map(
                message ->
                    Struct.of()
                        .with("MessageId", message.id)
                        .with("ReceiptHandle", message.receipt)
                        .with("Body", message.body)
                        .with("MD5OfBody", md5(message.body)))
            .toList();
    return messages.isEmpty() ? Struct.of() : Struct.of().with("Messages", messages);
  }

  /** A receipt of a message that has gone is no error. */
  private Struct deleteMessage(Struct in, Caller caller) {
    queue(in).delete(in.required("ReceiptHandle"));
    return Struct.of();
  }

  private Struct purge(Struct in, Caller caller) {
    queue(in).purge();
    return Struct.of();
  }

  private Queue queue(Struct in) {
    String url = in.required("QueueUrl");
    Queue queue = byName.get(url.substring(url.lastIndexOf('/') + 1));
    if (queue == null) {
      throw noQueue();
    }
    return queue;
  }

  private static AwsException noQueue() {
    return new AwsException(NO_QUEUE, "The specified queue does not exist.");
  }

  private static AwsException unsupported(String what) {
    return new AwsException(
        "NotImplemented",
        "The local AWS endpoint's SQS does not support " + what,
        501,
        Struct.of());
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
