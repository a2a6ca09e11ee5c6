package dev.fargate.local.aws.sns;

import dev.fargate.local.aws.cloudwatch.Notifications;
import dev.fargate.local.aws.sqs.Queues;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * SNS: standard topics that publish to queues of SQS. Mail, HTTP, Lambda and phones are refused:
 * nothing leaves this machine.
 */
public final class Sns implements ServiceBehaviour, Notifications {
  private static final int NOT_FOUND = 404;
  private static final int PAGE = 100;
  private static final int MAX_SUBJECT = 100;
  private static final int MAX_MESSAGE = 262_144;
  private static final int MAX_TAGS = 50;
  private static final String RAW = "RawMessageDelivery";

  /** AWS takes no page size here. */
  private static final Paging PAGES = new Paging("NextToken", "MaxItems", PAGE, PAGE, Sns::invalid);

  private interface Operation {
    Struct run(Struct in, Caller caller);
  }

  private final Map<String, Operation> operations = new TreeMap<>();
  private final Map<String, Topic> topics = new TreeMap<>();
  private final Queues queues;
  private final Scheduler scheduler;
  private long ids;

  /**
   * @param topicArns topics there are from the beginning; each is heard by the queue of its name,
   *     for people to read
   */
  public Sns(Scheduler scheduler, Queues queues, List<String> topicArns) {
    this.scheduler = scheduler;
    this.queues = queues;
    for (String arn : topicArns) {
      Topic topic = new Topic(arn);
      topics.put(arn, topic);
      String queue = queues.create(arn.substring(arn.lastIndexOf(':') + 1));
      topic.subscriptions.add(new Topic.Subscription(arn + ":" + id(), queue, false));
    }
    operations.put("CreateTopic", this::create);
    operations.put("DeleteTopic", this::delete);
    operations.put("GetTopicAttributes", this::attributes);
    operations.put("ListTopics", this::list);
    operations.put("Publish", this::publish);
    operations.put("Subscribe", this::subscribe);
    operations.put("Unsubscribe", this::unsubscribe);
    operations.put("ListSubscriptions", this::subscriptions);
    operations.put("ListSubscriptionsByTopic", this::subscriptionsOf);
    operations.put("TagResource", this::tag);
    operations.put("UntagResource", this::untag);
    operations.put("ListTagsForResource", this::tags);
  }

  @Override
  public String signingName() {
    return "sns";
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
  public void publish(String topicArn, String subject, String message) {
    deliver(topic(topicArn), subject, message);
  }

  /** The same name again is the same topic. */
  private Struct create(Struct in, Caller caller) {
    String name = in.required("Name");
    if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
      throw invalid("Invalid parameter: Topic Name");
    }
    for (String attribute : in.map("Attributes").keySet()) {
      if (!attribute.equals("DisplayName")) {
        throw unsupported("topic attribute " + attribute);
      }
    }
    String arn = "arn:aws:sns:" + caller.region() + ":" + caller.accountId() + ":" + name;
    Topic topic = topics.computeIfAbsent(arn, Topic::new);
    topic.displayName =
        (String) in.map("Attributes").getOrDefault("DisplayName", topic.displayName);
    addTags(topic, in.structs("Tags"));
    return Struct.of().with("TopicArn", arn);
  }

  private Struct delete(Struct in, Caller caller) {
    topics.remove(in.required("TopicArn"));
    return Struct.of();
  }

  private Struct attributes(Struct in, Caller caller) {
    Topic topic = topic(in.required("TopicArn"));
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("TopicArn", topic.arn);
    attributes.put("Owner", topic.arn.split(":")[4]);
    attributes.put("DisplayName", topic.displayName);
    attributes.put("SubscriptionsConfirmed", String.valueOf(topic.subscriptions.size()));
    attributes.put("SubscriptionsPending", "0");
    attributes.put("SubscriptionsDeleted", "0");
    return Struct.of().with("Attributes", attributes);
  }

  private Struct list(Struct in, Caller caller) {
    List<Topic> all = List.copyOf(topics.values());
    List<Topic> page = PAGES.slice(in, all, topic -> topic.arn);
    Struct answer =
        Struct.of()
            .with(
                "Topics",
                page.stream().map(topic -> Struct.of().with("TopicArn", topic.arn)).toList());
    PAGES.nextToken(all, page, topic -> topic.arn, answer);
    return answer;
  }

  private Struct publish(Struct in, Caller caller) {
    for (String member :
        List.of(
            "PhoneNumber",
            "MessageStructure",
            "MessageAttributes",
            "MessageDeduplicationId",
            "MessageGroupId")) {
      if (in.has(member)) {
        throw unsupported(member);
      }
    }
    String arn =
        in.string("TopicArn")
            .or(() -> in.string("TargetArn"))
            .orElseThrow(() -> invalid("Invalid parameter: TopicArn or TargetArn is required"));
    String subject = in.string("Subject").orElse(null);
    String message = in.required("Message");
    if (subject != null && (subject.isEmpty() || subject.length() > MAX_SUBJECT)) {
      throw invalid("Invalid parameter: Subject");
    } else if (message.isEmpty() || message.length() > MAX_MESSAGE) {
      throw invalid("Invalid parameter: Message");
    }
    return Struct.of().with("MessageId", deliver(topic(arn), subject, message));
  }

  private String deliver(Topic topic, String subject, String message) {
    String id = id();
    Envelope envelope = new Envelope(id, topic.arn, subject, message, scheduler.now());
    for (Topic.Subscription subscription : topic.subscriptions) {
      queues.send(subscription.queueArn(), subscription.raw() ? message : envelope.json());
    }
    return id;
  }

  private Struct subscribe(Struct in, Caller caller) {
    Topic topic = topic(in.required("TopicArn"));
    if (!in.required("Protocol").equals("sqs")) {
      throw unsupported("protocol " + in.required("Protocol") + " (only sqs)");
    }
    for (String attribute : in.map("Attributes").keySet()) {
      if (!attribute.equals(RAW)) {
        throw unsupported("subscription attribute " + attribute);
      }
    }
    String queue = in.string("Endpoint").orElse("");
    if (!queues.exists(queue)) {
      throw invalid("Invalid parameter: SQS endpoint ARN");
    }
    for (Topic.Subscription there : topic.subscriptions) {
      if (there.queueArn().equals(queue)) {
        return Struct.of().with("SubscriptionArn", there.arn());
      }
    }
    boolean raw = "true".equals(in.map("Attributes").get(RAW));
    Topic.Subscription made = new Topic.Subscription(topic.arn + ":" + id(), queue, raw);
    topic.subscriptions.add(made);
    return Struct.of().with("SubscriptionArn", made.arn());
  }

  private Struct unsubscribe(Struct in, Caller caller) {
    String arn = in.required("SubscriptionArn");
    topics.values().forEach(topic -> topic.subscriptions.removeIf(s -> s.arn().equals(arn)));
    return Struct.of();
  }

  private Struct subscriptions(Struct in, Caller caller) {
    List<Struct> all = new ArrayList<>();
    topics.values().forEach(topic -> all.addAll(described(topic)));
    return PAGES.page(in, "Subscriptions", all, each -> each.required("SubscriptionArn"));
  }

  private Struct subscriptionsOf(Struct in, Caller caller) {
    return PAGES.page(
        in,
        "Subscriptions",
        described(topic(in.required("TopicArn"))),
        each -> each.required("SubscriptionArn"));
  }

  private static List<Struct> described(Topic topic) {
    return topic.subscriptions.stream()
        .map(
            each ->
                Struct.of()
                    .with("SubscriptionArn", each.arn())
                    .with("Owner", topic.arn.split(":")[4])
                    .with("Protocol", "sqs")
                    .with("Endpoint", each.queueArn())
                    .with("TopicArn", topic.arn))
        .toList();
  }

  private Struct tag(Struct in, Caller caller) {
    addTags(resource(in), in.structs("Tags"));
    return Struct.of();
  }

  private Struct untag(Struct in, Caller caller) {
    resource(in).tags.keySet().removeAll(in.strings("TagKeys"));
    return Struct.of();
  }

  private Struct tags(Struct in, Caller caller) {
    return Struct.of()
        .with(
            "Tags",
            resource(in).tags.entrySet().stream()
                .map(tag -> Struct.of().with("Key", tag.getKey()).with("Value", tag.getValue()))
                .toList());
  }

  private static void addTags(Topic topic, List<Struct> tags) {
    Map<String, String> all = new LinkedHashMap<>(topic.tags);
    tags.forEach(tag -> all.put(tag.required("Key"), tag.required("Value")));
    if (all.size() > MAX_TAGS) {
      throw new AwsException("TagLimitExceeded", "At most " + MAX_TAGS + " tags per topic");
    }
    topic.tags.putAll(all);
  }

  private Topic topic(String arn) {
    Topic topic = topics.get(arn);
    if (topic == null) {
      throw new AwsException("NotFound", "Topic does not exist", NOT_FOUND, Struct.of());
    }
    return topic;
  }

  private Topic resource(Struct in) {
    Topic topic = topics.get(in.required("ResourceArn"));
    if (topic == null) {
      throw new AwsException("ResourceNotFound", "Resource does not exist", NOT_FOUND, Struct.of());
    }
    return topic;
  }

  private String id() {
    return new UUID(0x536e734d65737361L, ++ids).toString();
  }

  private static AwsException invalid(String message) {
    return new AwsException("InvalidParameter", message);
  }

  private static AwsException unsupported(String what) {
    return new AwsException(
        "NotImplemented",
        "The local AWS endpoint's SNS does not support " + what,
        501,
        Struct.of());
  }
}
