package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The order in which the listeners of an environment change, so that no request of an app's clients
 * is lost on the way: apps move their rules by themselves once another listener is published, and
 * the old one serves until they have.
 */
final class ListenerSteps {
  private final Draft draft;

  ListenerSteps(Draft draft) {
    this.draft = draft;
  }

  void order() {
    List<Step> deletes = draft.of(Verb.DELETE, Kind.LISTENER);
    for (Step create : draft.of(Verb.CREATE, Kind.LISTENER)) {
      // As soon as it exists apps move to it: by then clients must get in, and be sent there.
      create.after(draft.of(Verb.CREATE, Kind.SECURITY_GROUP_RULE));
      create.after(redirects(true));
    }
    // Until the last rule has left the listener they redirect to, plain ones must not answer 404.
    redirects(false).forEach(update -> update.after(deletes));
    if (!draft.stack.resources().isEmpty()) {
      deletes.forEach(this::waitForRules);
    }
  }

  /** The listeners that begin to redirect, or end it. */
  private List<Step> redirects(boolean begin) {
    return draft.of(Verb.UPDATE, Kind.LISTENER).stream()
        .filter(step -> step.touches("redirectToHttpsPort"))
        .filter(step -> (((Listener) step.desired).redirectToHttpsPort() != null) == begin)
        .toList();
  }

  /**
   * Deleting a listener deletes its rules. Rules of others than our apps are not waited for: nobody
   * here could make them go.
   */
  private void waitForRules(Step delete) {
    String arn = Matcher.arn(delete.observed);
    Set<String> holders =
        draft.observed.listeners().stream()
            .filter(slot -> slot.listenerArn().equals(arn))
            .map(RuleSlot::ownerReference)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!holders.isEmpty()) {
      delete.waitFor("the rules of " + String.join(", ", holders) + " to leave " + delete.id);
    }
  }
}
