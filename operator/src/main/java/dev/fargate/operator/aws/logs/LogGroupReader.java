package dev.fargate.operator.aws.logs;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** All log groups below {@code /fargate/<ownerId>/}; their tags need a call each, once. */
public final class LogGroupReader implements Reader {
  /** AWS's largest page (AWS-FACTS 9). */
  private static final int PAGE = 50;

  /** What AWS reports where nothing is ever deleted: no number at all. */
  private static final int FOR_EVER = 0;

  private final CloudWatchLogsClient logs;
  private final String prefix;
  private final TagCache tags;
  private final Map<String, String> arnByName = new ConcurrentHashMap<>();

  public LogGroupReader(CloudWatchLogsClient logs, String ownerId, Clock clock) {
    this.logs = logs;
    this.prefix = "/fargate/" + ownerId + "/";
    this.tags = new TagCache(clock, TagCache.TAGS, 1, this::tags);
  }

  @Override
  public Kind kind() {
    return Kind.LOG_GROUP;
  }

  @Override
  public Part sweep(Known known) {
    List<software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup> groups = describe(prefix);
    arnByName.keySet().retainAll(groups.stream().map(g -> g.logGroupName()).toList());
    return Part.all(seen(groups, tags.sweep(groups.stream().map(LogGroupReader::arn).toList())));
  }

  @Override
  public Part read(Need need) {
    Set<String> names = new TreeSet<>();
    need.wanted().forEach(wanted -> names.add(((LogGroup) wanted).name()));
    need.there().forEach(there -> names.add(((LogGroup) there.actual()).name()));
    List<software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup> groups = new ArrayList<>();
    for (String name : names) {
      // The name as prefix may find longer names as well.
      describe(name).stream().filter(g -> g.logGroupName().equals(name)).forEach(groups::add);
    }
    groups.forEach(group -> tags.forget(arn(group)));
    return new Part(
        seen -> names.contains(((LogGroup) seen.actual()).name()),
        seen(groups, tags.get(groups.stream().map(LogGroupReader::arn).toList())));
  }

  @Override
  public void forget(String key) {
    String arn = arnByName.get(key);
    if (arn != null) {
      tags.forget(arn);
    }
  }

  private List<software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup> describe(
      String namePrefix) {
    List<software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup> found = new ArrayList<>();
    logs.describeLogGroupsPaginator(request -> request.logGroupNamePrefix(namePrefix).limit(PAGE))
        .logGroups()
        .forEach(found::add);
    return found;
  }

  private List<Seen> seen(
      List<software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup> groups,
      Map<String, Map<String, String>> tagged) {
    List<Seen> seen = new ArrayList<>();
    for (var group : groups) {
      Map<String, String> own = tagged.get(arn(group));
      if (own != null) {
        arnByName.put(group.logGroupName(), arn(group));
        seen.add(
            Seen.active(
                group.logGroupName(),
                new LogGroup(
                    Seen.id(Kind.LOG_GROUP, own),
                    group.logGroupName(),
                    group.retentionInDays() == null ? FOR_EVER : group.retentionInDays(),
                    Boolean.parseBoolean(own.get(Ownership.KEEP_ON_DELETE))),
                Map.of(Output.ARN, arn(group), Output.NAME, group.logGroupName()),
                own));
      }
    }
    return seen;
  }

  /** Without the {@code :*} of the older form, as tagging wants it. */
  private static String arn(software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup group) {
    String arn = group.logGroupArn() != null ? group.logGroupArn() : group.arn();
    return arn.endsWith(":*") ? arn.substring(0, arn.length() - 2) : arn;
  }

  private Map<String, Map<String, String>> tags(List<String> arns) {
    Map<String, Map<String, String>> found = new HashMap<>();
    for (String arn : arns) {
      try {
        found.put(arn, logs.listTagsForResource(request -> request.resourceArn(arn)).tags());
      } catch (ResourceNotFoundException gone) {
        // Then it has none.
      }
    }
    return found;
  }
}
