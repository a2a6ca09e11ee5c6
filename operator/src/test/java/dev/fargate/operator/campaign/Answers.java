package dev.fargate.operator.campaign;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Answers of AWS that are old, come in pages, or lack what has just been created. */
final class Answers {
  private static final Pattern ID =
      Pattern.compile("arn:.*|(sg|sgr|ns|srv|fs|fsap|fsmt|vpce|eni)-[0-9a-z]+");
  private static final String TOKEN = "campaign-second-page-";

  /** Members of an answer that say where it goes on. */
  private static final List<String> TOKENS = List.of("nextToken", "NextToken", "NextMarker");

  private final Map<String, Struct> last = new HashMap<>();
  private Set<String> hidden = Set.of();
  private Instant hiddenUntil = Instant.MIN;
  private final Map<String, Struct> second = new HashMap<>();

  /** Whether AWS may answer it in several pages, as its model says. */
  static boolean hasPages(String call) {
    return token(call).isPresent();
  }

  /** Remembers a true answer, and leaves out of it what is hidden. */
  Struct seen(String call, Struct input, Struct answer, Instant now) {
    last.put(call + input, answer);
    return now.isBefore(hiddenUntil) ? (Struct) without(answer) : answer;
  }

  /** What the same question was answered the last time; null when it was not asked. */
  Struct last(String call, Struct input) {
    return last.get(call + input);
  }

  /** From now on until then, what this call has created is not found. */
  void hide(Struct input, Struct output, Instant until) {
    hidden = ids(output);
    hidden.removeAll(ids(input));
    hiddenUntil = until;
  }

  /**
   * Refuses a call that names something hidden.
   *
   * @throws AwsException as the service says that it does not know it
   */
  void refuse(String call, Struct input, Instant now) {
    if (!now.isBefore(hiddenUntil)) {
      return;
    }
    for (String id : ids(input)) {
      if (hidden.contains(id)) {
        String code = notFound(call, id);
        if (code != null) {
          throw new AwsException(code, "'" + id + "' does not exist, asked for by a plan");
        }
      }
    }
  }

  private static String notFound(String call, String id) {
    if (call.startsWith("ec2:")) {
      return id.startsWith("sg-") ? "InvalidGroup.NotFound" : null;
    }
    if (call.startsWith("elasticloadbalancing:")) {
      return id.contains(":targetgroup/")
          ? "TargetGroupNotFound"
          : id.contains(":loadbalancer/")
              ? "LoadBalancerNotFound"
              : id.contains(":listener/") ? "ListenerNotFound" : "RuleNotFound";
    }
    return null;
  }

  /** The second page that is asked for; null when none is. */
  Struct secondPage(Struct input) {
    return input.members().values().stream()
        .filter(second::containsKey)
        .map(second::get)
        .findFirst()
        .orElse(null);
  }

  /** Answers in two pages. */
  Struct split(String call, Struct answer) {
    String list = list(answer);
    if (list == null) {
      return answer;
    }
    List<?> all = (List<?>) answer.get(list);
    // A page may be empty, and another one follow all the same.
    int half = (all.size() - 1) / 2;
    Struct rest = answer.copy().with(list, List.copyOf(all.subList(half, all.size())));
    return goesOn(call, answer.copy().with(list, List.copyOf(all.subList(0, half))), rest);
  }

  /** Answers the same again as a second page. */
  Struct repeat(String call, Struct answer) {
    return goesOn(call, answer.copy(), answer);
  }

  private Struct goesOn(String call, Struct page, Struct next) {
    String token = TOKEN + (second.size() + 1);
    second.put(token, next);
    return page.with(token(call).orElseThrow(), token);
  }

  private static Optional<String> token(String call) {
    ServiceModel model = model(call);
    return Optional.ofNullable(model.operations().get(call.substring(call.indexOf(':') + 1)))
        .flatMap(ServiceModel.Operation::output)
        .map(model::structure)
        .flatMap(answer -> TOKENS.stream().filter(answer.members()::containsKey).findFirst());
  }

  /** AWS's own model of the service of a call. */
  static ServiceModel model(String call) {
    String service = call.substring(0, call.indexOf(':'));
    return ServiceModel.load(service.equals("cloudwatch") ? "monitoring" : service);
  }

  private static String list(Struct answer) {
    return answer.members().entrySet().stream()
        .filter(member -> member.getValue() instanceof List)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private Object without(Object value) {
    if (value instanceof Struct struct) {
      Struct copy = Struct.of();
      struct.members().forEach((name, member) -> copy.with(name, without(member)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> left = new ArrayList<>();
      for (Object item : list) {
        if (ids(item).stream().noneMatch(hidden::contains)) {
          left.add(without(item));
        }
      }
      return left;
    }
    return value;
  }

  /** All ids and ARNs anywhere in it. */
  static Set<String> ids(Object value) {
    Set<String> ids = new HashSet<>();
    collect(value, ids);
    return ids;
  }

  private static void collect(Object value, Set<String> ids) {
    if (value instanceof Struct struct) {
      struct.members().values().forEach(member -> collect(member, ids));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(member -> collect(member, ids));
    } else if (value instanceof List<?> list) {
      list.forEach(member -> collect(member, ids));
    } else if (value instanceof String text && ID.matcher(text).matches()) {
      ids.add(text);
    }
  }
}
