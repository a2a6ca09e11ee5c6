package dev.fargate.operator.aws.snapshot;

import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What of the snapshot concerns one custom resource. */
public final class View {
  private final Snapshot snapshot;

  public View(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * @param unread kinds whose last read failed, beside those never read
   * @param details of a service: the rollout with targets and failures
   */
  public Observed of(Stack stack, Set<Kind> unread, Function<Seen, Rollout> details) {
    List<ObservedResource> resources = new ArrayList<>();
    Set<Kind> unknown = EnumSet.noneOf(Kind.class);
    unknown.addAll(unread);
    Rollout rollout = null;
    for (Kind kind : Kind.values()) {
      if (!snapshot.isKnown(kind)) {
        unknown.add(kind);
      }
      for (Seen seen : snapshot.of(kind)) {
        if (seen.isOf(stack.owner())) {
          resources.add(resource(seen, Ownership.OURS));
          if (kind == Kind.SERVICE && (rollout == null || seen.lifecycle() == Lifecycle.ACTIVE)) {
            rollout = details.apply(seen);
          }
        } else if (concerns(stack, seen)) {
          resources.add(resource(seen, Ownership.FOREIGN));
        }
      }
    }
    return new Observed(resources, unknown, slots(stack), rollout);
  }

  private static ObservedResource resource(Seen seen, Ownership ownership) {
    return new ObservedResource(
        seen.actual(),
        seen.outputs(),
        seen.tags(),
        ownership,
        seen.lifecycle(),
        seen.contentHash());
  }

  /** Whether somebody else's thing may stand in the way of, or be as good as, a wanted one. */
  private boolean concerns(Stack stack, Seen seen) {
    return stack.resources().stream()
        .filter(wanted -> wanted.id().kind() == seen.kind())
        .anyMatch(wanted -> concerns(stack, wanted, seen.actual()));
  }

  private boolean concerns(Stack stack, Resource wanted, Resource actual) {
    if (wanted instanceof Listener listener) {
      return listener.port() == ((Listener) actual).port();
    } else if (wanted instanceof DiscoveryService service) {
      return service.name().equalsIgnoreCase(((DiscoveryService) actual).name());
    } else if (wanted instanceof SecurityGroupRule rule) {
      return groups(stack, rule).contains(((SecurityGroupRule) actual).groupId().toString());
    } else if (wanted instanceof MountTarget mountTarget) {
      MountTarget other = (MountTarget) actual;
      return mountTarget.zone().equals(other.zone())
          && mountTarget.fileSystemId().equals(other.fileSystemId());
    } else if (wanted instanceof ScalableTarget) {
      String resource = ((ScalableTarget) actual).resource().toString();
      return stack.resources().stream()
          .anyMatch(
              other -> other instanceof Service s && resource.endsWith("/" + s.physicalName()));
    }
    return switch (wanted.id().kind()) {
      // No name that AWS would hold against another.
      case LISTENER_RULE, SCALING_POLICY, TASK_DEFINITION -> false;
      default -> wanted.physicalName().equals(actual.physicalName());
    };
  }

  /** The group that lets in: known, or one of the stack's own. */
  private Set<String> groups(Stack stack, SecurityGroupRule rule) {
    if (rule.groupId() instanceof Value.Known id) {
      return Set.of(id.value());
    }
    Set<String> own = new HashSet<>();
    snapshot.of(Kind.SECURITY_GROUP).stream()
        .filter(seen -> seen.isOf(stack.owner()))
        .forEach(seen -> own.add(seen.key()));
    return own;
  }

  private List<Observed.RuleSlot> slots(Stack stack) {
    Set<String> listeners = new HashSet<>();
    for (Resource resource : stack.resources()) {
      if (resource instanceof ListenerRule rule && rule.listenerArn() instanceof Value.Known arn) {
        listeners.add(arn.value());
      }
    }
    snapshot.of(Kind.LISTENER).stream()
        .filter(seen -> seen.isOf(stack.owner()))
        .forEach(seen -> listeners.add(seen.key()));
    List<Observed.RuleSlot> slots = new ArrayList<>();
    for (Seen seen : snapshot.of(Kind.LISTENER_RULE)) {
      ListenerRule rule = (ListenerRule) seen.actual();
      if (listeners.contains(rule.listenerArn().toString())) {
        slots.add(
            new Observed.RuleSlot(
                rule.listenerArn().toString(),
                seen.key(),
                rule.priority(),
                rule.hosts(),
                rule.paths(),
                seen.ownerReference(stack.owner().ownerId())));
      }
    }
    return slots;
  }

  /** The same things with one kind's records replaced. */
  public static Observed replacing(Observed observed, Kind kind, List<Seen> ours) {
    List<ObservedResource> resources = new ArrayList<>();
    observed.resources().stream()
        .filter(resource -> resource.actual().id().kind() != kind)
        .forEach(resources::add);
    ours.forEach(seen -> resources.add(resource(seen, Ownership.OURS)));
    return new Observed(
        resources, observed.unknownKinds(), observed.listeners(), observed.rollout());
  }

  /** The same things with each record put through a function. */
  public static Observed mapping(
      Observed observed, Function<ObservedResource, ObservedResource> function) {
    return new Observed(
        observed.resources().stream().map(function).toList(),
        observed.unknownKinds(),
        observed.listeners(),
        observed.rollout());
  }

  /** A record with other content. */
  public static ObservedResource with(ObservedResource resource, Resource actual) {
    return new ObservedResource(
        actual,
        Map.copyOf(resource.outputs()),
        resource.tags(),
        resource.ownership(),
        resource.lifecycle(),
        resource.contentHash());
  }
}
