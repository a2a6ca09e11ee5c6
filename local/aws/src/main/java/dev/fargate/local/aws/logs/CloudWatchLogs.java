package dev.fargate.local.aws.logs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import dev.fargate.local.aws.wire.Unsupported;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** CloudWatch Logs: groups with retention and tags; streams that tasks write (AWS-FACTS 9). */
public final class CloudWatchLogs implements ServiceBehaviour, LogSink {
  /** The only retentions AWS takes (AWS-FACTS 9). */
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private static final int MAX_TAGS = 50;

  private final Scheduler scheduler;
  private final Map<String, LogGroup> groups = new TreeMap<>();
  private final LogReading reading = new LogReading(this::group);
  private long sequence;

  public CloudWatchLogs(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public String signingName() {
    return "logs";
  }

  @Override
  public Set<String> operations() {
    return Set.of(
        "CreateLogGroup",
        "DeleteLogGroup",
        "DeleteRetentionPolicy",
        "DescribeLogGroups",
        "DescribeLogStreams",
        "FilterLogEvents",
        "GetLogEvents",
        "ListTagsForResource",
        "PutRetentionPolicy",
        "TagResource",
        "UntagResource");
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return switch (operation) {
      case "CreateLogGroup" -> create(input, caller);
      case "DeleteLogGroup" -> delete(input);
      case "DeleteRetentionPolicy" -> retain(input, null);
      case "PutRetentionPolicy" -> retain(input, input.integer("retentionInDays").orElseThrow());
      case "DescribeLogGroups" -> describe(input);
      case "TagResource" -> tag(input);
      case "UntagResource" -> untag(input);
      case "ListTagsForResource" -> tags(input);
      case "DescribeLogStreams" -> reading.streams(input);
      case "GetLogEvents" -> reading.get(input);
      case "FilterLogEvents" -> reading.filter(input);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  @Override
  public boolean hasGroup(String logGroup) {
    return scheduler.locked(() -> groups.containsKey(logGroup));
  }

  @Override
  public void append(String logGroup, String stream, Instant time, String line) {
    scheduler.locked(
        () -> {
          LogGroup group = groups.get(logGroup);
          if (group != null) {
            long now = now();
            sequence++;
            group
                .streamToWrite(stream, now)
                .append(new LogStream.Event(sequence, stream, time.toEpochMilli(), now, line));
          }
          return null;
        });
  }

  private Struct create(Struct input, Caller caller) {
    Unsupported.refuseOthers(
        "CreateLogGroup", input, Set.of("logGroupName", "tags", "logGroupClass"));
    String name = input.required("logGroupName");
    if (name.toLowerCase(Locale.ROOT).startsWith("aws/")) {
      throw invalid("Log groups starting with AWS/ are reserved for AWS.");
    }
    if (groups.containsKey(name)) {
      throw new AwsException(
          "ResourceAlreadyExistsException", "The specified log group already exists");
    }
    String arn = "arn:aws:logs:" + caller.region() + ":" + caller.accountId() + ":log-group:";
    LogGroup group =
        new LogGroup(name, arn + name, input.string("logGroupClass").orElse("STANDARD"), now());
    addTags(group, input.map("tags"));
    groups.put(name, group);
    return Struct.of();
  }

  private Struct delete(Struct input) {
    groups.remove(group(input.required("logGroupName")).name());
    return Struct.of();
  }

  private Struct retain(Struct input, Integer days) {
    LogGroup group = group(input.required("logGroupName"));
    if (days != null && !RETENTIONS.contains(days)) {
      throw invalid(
          "1 validation error detected: Value '"
              + days
              + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum"
              + " value set: "
              + new TreeSet<>(RETENTIONS));
    }
    group.retain(days);
    return Struct.of();
  }

  private Struct describe(Struct input) {
    Unsupported.refuseOthers(
        "DescribeLogGroups",
        input,
        Set.of("logGroupNamePrefix", "logGroupNamePattern", "nextToken", "limit"));
    if (input.has("logGroupNamePrefix") && input.has("logGroupNamePattern")) {
      throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive.");
    }
    String prefix = input.string("logGroupNamePrefix").orElse("");
    String pattern = input.string("logGroupNamePattern").orElse("").toLowerCase(Locale.ROOT);
    List<LogGroup> matching =
        groups.values().stream()
            .filter(group -> group.name().startsWith(prefix))
            .filter(group -> group.name().toLowerCase(Locale.ROOT).contains(pattern))
            .toList();
    LogPage<LogGroup> page = LogPage.of(matching, input);
    long now = now();
    page.items().forEach(group -> group.expire(now));
    return Struct.of()
        .with("logGroups", page.items().stream().map(LogGroup::describe).toList())
        .with("nextToken", page.nextToken());
  }

  private Struct tag(Struct input) {
    addTags(byArn(input), input.map("tags"));
    return Struct.of();
  }

  private Struct untag(Struct input) {
    byArn(input).tags().keySet().removeAll(input.strings("tagKeys"));
    return Struct.of();
  }

  private Struct tags(Struct input) {
    return Struct.of().with("tags", byArn(input).tags());
  }

  private static void addTags(LogGroup group, Map<String, Object> tags) {
    for (String key : tags.keySet()) {
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw invalid("aws: prefixed tag key names are not allowed for external use.");
      }
    }
    Map<String, Object> all = new TreeMap<>(group.tags());
    all.putAll(tags);
    if (all.size() > MAX_TAGS) {
      throw new AwsException(
          "TooManyTagsException",
          "The resource has too many tags: " + all.size() + ", at most " + MAX_TAGS,
          400,
          Struct.of().with("resourceName", group.arn()));
    }
    group.tags().putAll(tags);
  }

  private LogGroup byArn(Struct input) {
    String arn = input.required("resourceArn");
    String plain = arn.endsWith(":*") ? arn.substring(0, arn.length() - 2) : arn;
    return groups.values().stream()
        .filter(group -> group.arn().equals(plain))
        .findFirst()
        .orElseThrow(CloudWatchLogs::noGroup);
  }

  /** By name or ARN. */
  private LogGroup group(String nameOrArn) {
    String name = nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1);
    LogGroup group = groups.get(name);
    if (group == null || (nameOrArn.startsWith("arn:") && !group.arn().equals(nameOrArn))) {
      throw noGroup();
    }
    group.expire(now());
    return group;
  }

  private long now() {
    return scheduler.now().toEpochMilli();
  }

  private static AwsException noGroup() {
    return new AwsException("ResourceNotFoundException", "The specified log group does not exist.");
  }

  static AwsException invalid(String message) {
    return new AwsException("InvalidParameterException", message);
  }
}
