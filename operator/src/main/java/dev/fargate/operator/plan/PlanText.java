package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Secret;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan as people read it: {@code +} create, {@code ~} change, {@code -} delete, {@code -/+} and
 * {@code +/-} replace (the sign that comes first happens first), each field before and after, what
 * starts a deployment or loses data, what waits and why. Holds no secret: a plan has none.
 */
public final class PlanText {
  private static final String DETAIL = "      ";

  private final StringBuilder text = new StringBuilder();
  private final Plan plan;

  /** Action id to its number in the text. */
  private final Map<String, Integer> numbers = new HashMap<>();

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  /** Several lines, each ending in a newline. */
  public static String of(Plan plan) {
    return new PlanText(plan).render();
  }

  /** {@code 2 to create, 1 to change, 0 to delete}, and how many of them wait. */
  public static String summary(Plan plan) {
    if (plan.isEmpty()) {
      return "nothing to do";
    }
    long waiting = plan.actions().stream().filter(a -> a.waitingFor() != null).count();
    return (plan.adopts() ? count(plan, Verb.ADOPT) + " to adopt, " : "")
        + count(plan, Verb.CREATE)
        + " to create, "
        + count(plan, Verb.UPDATE)
        + " to change, "
        + count(plan, Verb.DELETE)
        + " to delete"
        + (waiting == 0 ? "" : ", " + waiting + " of them later");
  }

  private static long count(Plan plan, Verb verb) {
    return plan.actions().stream().filter(action -> action.verb() == verb).count();
  }

  /** {@code @} of an adoption, {@code +}, {@code ~}, {@code -}, {@code -/+} or {@code +/-}. */
  public static String symbol(Action action) {
    return switch (action.verb()) {
      case ADOPT -> "@";
      case UPDATE -> "~";
      case DELETE -> "-";
      case CREATE -> {
        boolean replaces =
            action.changes().stream().anyMatch(change -> change.effect() == Effect.REPLACE);
        yield !replaces ? "+" : action.waitingFor() != null ? "-/+" : "+/-";
      }
    };
  }

  private String render() {
    text.append("Plan for ").append(plan.owner().reference()).append('\n');
    for (Action action : plan.actions()) {
      numbers.put(action.actionId(), numbers.size() + 1);
      text.append('\n');
      add(action);
    }
    for (Plan.Conflict conflict : plan.conflicts()) {
      text.append("\nConflict: ").append(conflict.what());
      text.append(" belongs to ").append(conflict.holder()).append('\n');
    }
    if (plan.givenUp()) {
      text.append(
          "\nGiven up: ECS has tried this and rolled back; it is not tried again until the");
      text.append(" spec changes.\n");
    }
    for (Plan.Ignored ignored : plan.ignored()) {
      text.append("\nIgnored: ").append(ignored).append('\n');
    }
    for (ObservedResource kept : plan.kept()) {
      text.append("\nKept: ").append(kept.actual().id());
      text.append(' ').append(Matcher.arn(kept)).append('\n');
    }
    if (!plan.unread().isEmpty()) {
      text.append("\nNot read yet, so not planned: ");
      text.append(String.join(", ", plan.unread().stream().map(k -> k.label()).sorted().toList()));
      text.append('\n');
    }
    return text.append("\nPlan: ").append(summary(plan)).append(".\n").toString();
  }

  private void add(Action action) {
    Resource named =
        action.desired() != null
            ? plan.known().resolve(action.desired())
            : action.observed().actual();
    text.append(String.format("%2d. %-3s ", numbers.get(action.actionId()), symbol(action)));
    text.append(action.id()).append(" (").append(named.physicalName()).append(')');
    if (action.startsDeployment()) {
      text.append(", starts a deployment");
    }
    if (action.losesData()) {
      text.append(", loses data");
    }
    text.append('\n');
    if (action.reason() != null) {
      text.append(DETAIL).append("why: ").append(action.reason()).append('\n');
    }
    if (action.waitingFor() != null) {
      text.append(DETAIL).append("waits for ").append(action.waitingFor()).append('\n');
    }
    List<Integer> after =
        action.after().stream().filter(numbers::containsKey).map(numbers::get).sorted().toList();
    if (!after.isEmpty()) {
      text.append(DETAIL).append("after ");
      text.append(String.join(", ", after.stream().map(String::valueOf).toList())).append('\n');
    }
    if (action.verb() == Verb.CREATE && action.changes().isEmpty()) {
      Resource resolved = plan.known().resolve(action.desired());
      // The name stands in the heading.
      fields("", resolved).stream()
          .filter(line -> !line.endsWith(": " + resolved.physicalName()))
          .forEach(line -> text.append(DETAIL).append(line).append('\n'));
    }
    action.changes().forEach(this::add);
  }

  private void add(FieldChange change) {
    text.append(DETAIL).append(change.field()).append(": ");
    text.append(quoted(change.before())).append(" -> ").append(quoted(change.after()));
    switch (change.effect()) {
      case REPLACE -> text.append(" (forces a replacement)");
      case DEPLOYMENT -> text.append(" (deployment)");
      case NEW_REVISION, IN_PLACE -> {}
    }
    text.append('\n');
  }

  private static String quoted(String value) {
    return value == null ? "(none)" : value;
  }

  /** Every field of a record, nested ones by their path; what is absent is left out. */
  private static List<String> fields(String prefix, Object value) {
    List<String> lines = new ArrayList<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object field = read(component, value);
      String name = prefix + component.getName();
      // Who decides the count is told by the scalable target.
      if (name.equals("id") || name.equals("count.managed") || isAbsent(field)) {
        continue;
      }
      if (field instanceof Record && !(field instanceof dev.fargate.operator.stack.Value)) {
        lines.addAll(fields(name + ".", field));
      } else if (field instanceof List<?> list
          && list.get(0) instanceof Record first
          && !(first instanceof dev.fargate.operator.stack.Value)) {
        for (int i = 0; i < list.size(); i++) {
          lines.addAll(fields(name + "[" + i + "].", list.get(i)));
        }
      } else {
        lines.add(name + ": " + field);
      }
    }
    return lines;
  }

  private static boolean isAbsent(Object field) {
    return field == null
        // Of a wanted secret it says nothing.
        || field instanceof Secret.Content
        || field instanceof Collection<?> collection && collection.isEmpty()
        || field instanceof Map<?, ?> map && map.isEmpty();
  }

  private static Object read(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
