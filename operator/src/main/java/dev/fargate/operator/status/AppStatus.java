package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.AutoscalingStatus;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.build.AppStack;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.stack.build.Place.PublishedListener;
import dev.fargate.operator.stack.build.Place.PublishedLoadBalancer;
import dev.fargate.operator.status.RolloutHealth.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The status of a FargateApp, from what one pass saw. Pure. */
public final class AppStatus extends StatusDraft<FargateAppStatus> {
  private static final String SELECTOR_LABEL = "fargate.dev/app";

  /**
   * Of the wanted tasks, while minHealthyPercent is not set: its default of 100 is about what ECS
   * may stop, and would turn every replaced task into an outage.
   */
  private static final int READY_SHARE_PERCENT = 50;

  private final FargateApp app;

  /** Public names that are wanted and do not resolve; known once a look was seen. */
  private List<String> waitingNames = List.of();

  public AppStatus(FargateApp app, Instant now) {
    super(
        app.getMetadata(),
        app.getStatus() == null ? new FargateAppStatus() : app.getStatus(),
        new FargateAppStatus(),
        now);
    this.app = app;
    // Never empty: a HorizontalPodAutoscaler refuses a scale without a selector.
    status.selector = SELECTOR_LABEL + "=" + app.getMetadata().getName();
    status.replicas = before.replicas == null ? 0 : before.replicas;
  }

  @Override
  protected void keepOwn() {
    status.url = before.url;
    status.urls = before.urls;
    status.replicas = before.replicas == null ? 0 : before.replicas;
    status.revision = before.revision;
    status.lastGood = before.lastGood;
    status.failed = before.failed;
    status.deployments = before.deployments;
    status.targets = before.targets;
    status.autoscaling = before.autoscaling;
    status.observedRestartedAt = before.observedRestartedAt;
  }

  @Override
  protected void sawOwn(Look look, Place place) {
    urls(look, place);
    Revisions.fill(status, before, look, app.getSpec().image);
    if (look.observed().rollout() != null) {
      status.running =
          look.observed().rollout().running() + "/" + look.observed().rollout().desired();
      status.replicas = look.observed().rollout().running();
    } else {
      status.running = "0/" + wantedCount();
      status.replicas = 0;
    }
    status.targets = Targets.of(look, app.getSpec().ingresses, before.targets);
    status.observedRestartedAt =
        look.service()
            .map(ObservedResource::actual)
            .map(s -> ((Service) s).restartToken())
            .orElse(null);
    status.autoscaling = scaling(look);
    particular(look, place);
  }

  /**
   * Whether it was ready with this revision and enough tasks still serve, so that scaling or a
   * replaced task does not flap Ready.
   */
  @Override
  public boolean staysReady(Look look) {
    if (look.health().verdict() == Verdict.CRASHING) {
      // That enough run at this moment is luck.
      return false;
    }
    if (!waitingNames.isEmpty()) {
      // Who asks for a name that does not resolve is not served.
      return false;
    }
    boolean wasReady = Conditions.isTrue(before.conditions, ConditionType.READY);
    boolean sameRevision =
        status.serving != null
            && before.serving != null
            && status.serving.taskDefinitionArn.equals(before.serving.taskDefinitionArn)
            && status.serving.taskDefinitionArn.equals(look.requestedTaskDefinition());
    if (!wasReady || !sameRevision || look.observed().rollout() == null) {
      return false;
    }
    int desired = look.observed().rollout().desired();
    int enough = Math.max(1, (int) Math.ceil(desired * readySharePercent() / 100.0));
    int healthy = healthyNow(look);
    // More tasks wanted than before: whoever was enough until now still is.
    boolean noneLost = healthy > 0 && healthy >= healthyBefore();
    return noneLost || healthy >= Math.min(enough, Math.max(1, desired));
  }

  /** Where target health has not been read, what runs is taken for healthy, as it was before. */
  private static int healthyNow(Look look) {
    Observed observed = look.observed();
    return HealthyTasks.areChecked(observed) && !observed.rollout().targets().isEmpty()
        ? HealthyTasks.answering(observed)
        : observed.rollout().running();
  }

  private int healthyBefore() {
    int running = before.replicas == null ? 0 : before.replicas;
    int groups = app.getSpec().ingresses.size();
    return groups == 0 || before.targets == null || before.targets.healthy == null
        ? running
        : Math.min(running, before.targets.healthy / groups);
  }

  private int readySharePercent() {
    var rollout = app.getSpec().rollout;
    return rollout == null || rollout.minHealthyPercent == null
        ? READY_SHARE_PERCENT
        : rollout.minHealthyPercent;
  }

  private int wantedCount() {
    Autoscaling scaling = app.getSpec().autoscaling;
    if (Boolean.TRUE.equals(app.getSpec().suspend)) {
      return 0;
    }
    if (scaling != null) {
      return scaling.minReplicas == null ? 1 : scaling.minReplicas;
    }
    return app.getSpec().replicas == null ? 1 : app.getSpec().replicas;
  }

  private static boolean noneAsked(Look look) {
    return look.observed().rollout() == null || look.observed().rollout().wantsNone();
  }

  private void particular(Look look, Place place) {
    if (!app.getSpec().ingresses.isEmpty()) {
      if (wantedCount() == 0 && status.replicas == 0 && noneAsked(look)) {
        conditions.isTrue(ConditionType.TARGETS_HEALTHY, Reason.SCALED_TO_ZERO, null);
      } else {
        Targets.condition(conditions, status.targets, look.health().cause());
      }
    }
    names(look, place);
    if (app.getSpec().autoscaling != null) {
      Set<Kind> scaling = Set.of(Kind.SCALABLE_TARGET, Kind.SCALING_POLICY);
      boolean active =
          look.has(Ids.SCALABLE_TARGET)
              && look.plan().actions().stream()
                  .noneMatch(action -> scaling.contains(action.id().kind()));
      if (active) {
        conditions.isTrue(ConditionType.SCALING_ACTIVE, Reason.SCALING, null);
      } else {
        conditions.isFalse(
            ConditionType.SCALING_ACTIVE, Reason.CREATING, "Scaling is being set up.");
      }
    }
  }

  /** As AWS has it; null without. */
  private static AutoscalingStatus scaling(Look look) {
    return look.observed().find(Ids.SCALABLE_TARGET).stream()
        .filter(resource -> resource.ownership() == Ownership.OURS)
        .map(resource -> (ScalableTarget) resource.actual())
        .map(
            target -> {
              AutoscalingStatus scaling = new AutoscalingStatus();
              scaling.minReplicas = target.minCapacity();
              scaling.maxReplicas = target.maxCapacity();
              scaling.desiredReplicas =
                  look.observed().rollout() == null ? null : look.observed().rollout().desired();
              return scaling;
            })
        .findFirst()
        .orElse(null);
  }

  private void names(Look look, Place place) {
    List<String> hosts = AppStack.publicNames(app, place);
    waitingNames = PublicNames.waiting(hosts, look);
    List<String> well = new ArrayList<>();
    List<String> not = new ArrayList<>();
    boolean unread =
        !hosts.isEmpty()
            && look.observed().unknownKinds().contains(Kind.PUBLIC_NAME)
            && !conditions.wasTrue(ConditionType.DNS_READY);
    if (app.getSpec().privateDns != null) {
      String name = app.getSpec().privateDns.name + "." + place.privateDomain();
      if (look.has(Ids.DISCOVERY) && look.health().serves()) {
        well.add(name + " resolves to the running tasks.");
      } else {
        not.add(name + " has no healthy task yet.");
      }
    }
    if (!waitingNames.isEmpty()) {
      not.add(PublicNames.describe(waitingNames));
    } else if (!hosts.isEmpty()) {
      well.add(
          String.join(", ", hosts)
              + (hosts.size() == 1 ? " resolves" : " resolve")
              + " to the load balancer.");
    }
    if (!not.isEmpty()) {
      conditions.isFalse(ConditionType.DNS_READY, Reason.CREATING, String.join(" ", not));
    } else if (unread) {
      conditions.isUnknown(
          ConditionType.DNS_READY,
          Reason.NOT_OBSERVED,
          "Route 53 cannot be read: whether it knows "
              + String.join(", ", hosts)
              + " is not known.");
    } else if (!well.isEmpty()) {
      conditions.isTrue(ConditionType.DNS_READY, Reason.REGISTERED, String.join(" ", well));
    }
  }

  /** Of what it really has: a host that another app holds leads to that one. */
  private void urls(Look look, Place place) {
    List<ListenerRule> rules =
        look.observed().resources().stream()
            .filter(resource -> resource.ownership() == Ownership.OURS)
            .filter(resource -> resource.actual() instanceof ListenerRule)
            .map(resource -> (ListenerRule) resource.actual())
            .toList();
    List<String> urls = new ArrayList<>();
    for (Ingress ingress : app.getSpec().ingresses) {
      place
          .loadBalancer(ingress.loadBalancer)
          .ifPresent(balancer -> urls.addAll(urls(ingress, balancer, rules)));
    }
    status.urls = urls.stream().distinct().limit(10).toList();
    status.url = status.urls.isEmpty() ? null : status.urls.get(0);
  }

  private static List<String> urls(
      Ingress ingress, PublishedLoadBalancer balancer, List<ListenerRule> rules) {
    List<String> urls = new ArrayList<>();
    for (PublishedListener listener : balancer.listenersFor(ingress.listenerPort)) {
      boolean secure = listener.isSecure();
      String port = listener.port() == (secure ? 443 : 80) ? "" : ":" + listener.port();
      rules.stream()
          .filter(rule -> rule.listenerArn().toString().equals(listener.arn()))
          .flatMap(rule -> served(ingress, rule, balancer.dnsName()).stream())
          .min(Comparator.comparingInt(Served::rank))
          .ifPresent(first -> urls.add((secure ? "https://" : "http://") + first.at(port)));
    }
    return urls;
  }

  /**
   * A host and path of an ingress that a rule serves.
   *
   * @param rank among those of the ingress: the first is shown
   */
  private record Served(int rank, String host, String path) {
    String at(String port) {
      return host + port + path.replaceFirst("[*?].*$", "");
    }
  }

  private static Optional<Served> served(Ingress ingress, ListenerRule rule, String dnsName) {
    List<String> hosts = ingress.hosts.isEmpty() ? List.of("") : ingress.hosts;
    List<String> paths = ingress.paths.isEmpty() ? List.of("") : ingress.paths;
    for (int i = 0; i < hosts.size(); i++) {
      for (int j = 0; j < paths.size(); j++) {
        if (has(rule.hosts(), hosts.get(i)) && has(rule.paths(), paths.get(j))) {
          return Optional.of(
              new Served(
                  i * paths.size() + j,
                  hosts.get(i).isEmpty() ? dnsName : hosts.get(i),
                  paths.get(j).isEmpty() ? "/" : paths.get(j)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * @param value empty for none
   */
  private static boolean has(Set<String> values, String value) {
    return value.isEmpty() ? values.isEmpty() : values.contains(value);
  }
}
