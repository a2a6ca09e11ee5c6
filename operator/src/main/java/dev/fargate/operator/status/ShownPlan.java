package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.PlannedAction;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.PlanText;
import dev.fargate.operator.plan.diff.FieldChange;
import java.util.List;

/** A plan as the status shows it: within the bounds of the schema. Pure. */
public final class ShownPlan {
  /** As in the schema (API.md). */
  private static final int ACTIONS = 50;

  private static final int CHANGES = 10;
  private static final int IGNORED = 20;
  private static final int TEXT = 256;

  /** Of all texts together: a status stays under 64 KiB with everything else in it (API.md). */
  private static final int CHARACTERS = 12 * 1024;

  private ShownPlan() {}

  /** The plan, cut to what fits; then {@code truncated} is true. */
  public static PlanStatus of(Plan plan) {
    PlanStatus shown = new PlanStatus();
    shown.hash = plan.hash();
    shown.summary = PlanText.summary(plan);
    shown.ignored =
        plan.ignored().stream().limit(IGNORED).map(left -> cut(left.toString())).toList();
    int characters = shown.ignored.stream().mapToInt(String::length).sum();
    for (Action action : plan.actions()) {
      PlannedAction entry = entry(action);
      characters += length(entry);
      if (shown.actions.size() == ACTIONS || characters > CHARACTERS) {
        shown.truncated = true;
        break;
      }
      shown.actions.add(entry);
      if (action.changes().size() > CHANGES) {
        shown.truncated = true;
      }
    }
    return shown;
  }

  private static PlannedAction entry(Action action) {
    PlannedAction entry = new PlannedAction();
    entry.id = action.actionId();
    entry.action =
        switch (PlanText.symbol(action)) {
          case "@" -> "Adopt";
          case "+" -> "Create";
          case "~" -> "Change";
          case "-" -> "Delete";
          default -> "Replace";
        };
    entry.resource = action.id().toString();
    entry.name =
        (action.desired() != null ? action.desired() : action.observed().actual()).physicalName();
    entry.changes = action.changes().stream().limit(CHANGES).map(ShownPlan::text).toList();
    entry.waitsFor = cut(action.waitingFor());
    entry.startsDeployment = action.startsDeployment() ? true : null;
    entry.losesData = action.losesData() ? true : null;
    entry.why = cut(action.reason());
    return entry;
  }

  private static String text(FieldChange change) {
    return cut(
        change.field()
            + ": "
            + (change.before() == null ? "(none)" : change.before())
            + " -> "
            + (change.after() == null ? "(none)" : change.after()));
  }

  private static String cut(String text) {
    return text == null || text.length() <= TEXT ? text : text.substring(0, TEXT - 1) + "…";
  }

  private static int length(PlannedAction entry) {
    List<String> texts =
        new java.util.ArrayList<>(List.of(entry.id, entry.action, entry.resource, entry.name));
    texts.addAll(entry.changes);
    texts.add(entry.waitsFor);
    texts.add(entry.why);
    return texts.stream().filter(java.util.Objects::nonNull).mapToInt(String::length).sum();
  }
}
