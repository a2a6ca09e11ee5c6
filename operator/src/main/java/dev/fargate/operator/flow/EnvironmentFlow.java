package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Management;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.stack.build.EnvironmentStack;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.EnvironmentConditions;
import dev.fargate.operator.status.EnvironmentStatus;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.WorkConditions;
import dev.fargate.operator.validate.EnvironmentValidation;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The whole line for a FargateEnvironment. */
public final class EnvironmentFlow {
  private final Settings settings;
  private final Clouds clouds;

  public EnvironmentFlow(Settings settings, Clouds clouds) {
    this.settings = settings;
    this.clouds = clouds;
  }

  /** One pass over a living object. */
  public Pass<FargateEnvironmentStatus> run(
      FargateEnvironment environment, Related related, Instant now) {
    List<Problem> problems = EnvironmentValidation.check(environment);
    if (!problems.isEmpty()) {
      return waiting(
          environment, related, now, Periods.SLOW, c -> WorkConditions.invalid(c, problems));
    }
    Cloud cloud = clouds.of(environment);
    if (!cloud.ready()) {
      return waiting(
          environment,
          related,
          now,
          Periods.ROLLOUT,
          c -> WorkConditions.notObserved(c, cloud.lastError().orElse(null)));
    }
    try {
      return carryOut(environment, related, now, cloud);
    } catch (AwsFailure failure) {
      // A look-up of what the environment refers to failed; what is published stays.
      String message = failure.code() + ": " + failure.getMessage();
      Reason reason = Progress.reason(failure.errorClass());
      return waiting(
          environment,
          related,
          now,
          reason == Reason.ACCESS_DENIED ? Periods.SLOW : Periods.WAITING,
          c -> {
            if (reason == Reason.ACCESS_DENIED || reason == Reason.INVALID_REQUEST) {
              WorkConditions.stalled(c, reason, message);
            } else {
              WorkConditions.missing(c, reason, message, false);
            }
          });
    }
  }

  /** Waits while others use it, then deletes only what it created. */
  public Pass<FargateEnvironmentStatus> delete(
      FargateEnvironment environment, Related related, Instant now) {
    List<String> users = users(environment, related);
    if (!users.isEmpty()) {
      String message = "Still used by " + String.join(", ", users) + ".";
      EnvironmentStatus status =
          new EnvironmentStatus(environment, now).keepLastSeen().users(users);
      WorkConditions.deleting(status.conditions(), Reason.IN_USE, message);
      return new Pass<>(status.build(now), false, Periods.WAITING, List.of());
    }
    boolean retain =
        environment.getSpec() == null
            || !DeletionPolicy.DELETE.equals(environment.getSpec().deletionPolicy);
    Pass<FargateEnvironmentStatus> pass =
        Deletion.run(
            new Deletion.Subject<>(
                owner(environment),
                Inputs.forDeletion(retain),
                Annotations.isTrue(environment, Annotations.FORCE_RELEASE),
                environment.getStatus() == null ? List.of() : environment.getStatus().resources,
                environment,
                environment.getMetadata().getName(),
                Permission.everything()),
            clouds,
            settings,
            (reason, message, resources, plan) -> {
              EnvironmentStatus status =
                  new EnvironmentStatus(environment, now).keepLastSeen().users(users);
              WorkConditions.deleting(status.conditions(), reason, message);
              return status.resources(resources).build(now);
            });
    if (pass.finished()) {
      clouds.forget(environment.getMetadata().getName());
    }
    return pass;
  }

  private static boolean anyPending(Observed observed) {
    return observed.resources().stream()
        .anyMatch(resource -> resource.lifecycle() == ObservedResource.Lifecycle.PENDING);
  }

  private Pass<FargateEnvironmentStatus> carryOut(
      FargateEnvironment environment, Related related, Instant now, Cloud cloud) {
    FargateEnvironmentSpec spec = environment.getSpec();
    List<Missing> missing = new ArrayList<>();
    Cloud.Lookups lookups = cloud.lookups();
    String account = environment.getStatus() == null ? null : environment.getStatus().accountId;
    if (account != null && !account.equals(lookups.accountId())) {
      return waiting(
          environment,
          related,
          now,
          Periods.SLOW,
          c ->
              WorkConditions.stalled(
                  c, Reason.CONFLICT, otherAccount(account, lookups.accountId())));
    }
    List<String> subnets =
        SubnetChoice.resolve(
            "spec.network.subnets", spec.network.subnets, spec.network.vpcId, lookups, missing);
    Map<String, List<String>> balancerSubnets = new HashMap<>();
    Map<String, ExistingLoadBalancer> existing = new HashMap<>();
    for (LoadBalancer balancer : spec.loadBalancers) {
      String field = "spec.loadBalancers[" + balancer.name + "]";
      if (balancer.existing != null) {
        lookups
            .loadBalancer(balancer.existing.arn)
            .ifPresentOrElse(
                found -> existing.put(balancer.name, found),
                () ->
                    missing.add(
                        gone(
                            field + ".existing.arn", "no load balancer " + balancer.existing.arn)));
      } else if (balancer.subnets != null) {
        balancerSubnets.put(
            balancer.name,
            SubnetChoice.resolve(
                field + ".subnets", balancer.subnets, spec.network.vpcId, lookups, missing));
      }
    }
    String cluster = referencedCluster(environment, lookups, missing);
    String namespace = referencedNamespace(spec, lookups, missing);
    if (!missing.isEmpty()) {
      Missing first = missing.get(0);
      boolean tooLong = Waits.since(conditions(environment), now).compareTo(Periods.REFERENCES) > 0;
      return waiting(
          environment,
          related,
          now,
          Periods.WAITING,
          c -> WorkConditions.missing(c, first.reason(), first.message(), tooLong));
    }
    Stack stack = EnvironmentStack.build(owner(environment), environment, subnets, balancerSubnets);
    Line.Result result =
        Line.run(
            cloud,
            stack,
            Inputs.forEnvironment(),
            Permission.everything(),
            settings.leadershipHeld());
    EnvironmentStatus status =
        new EnvironmentStatus(environment, now)
            .users(users(environment, related))
            .saw(
                result.observed(),
                new EnvironmentStatus.Facts(
                    lookups.accountId(), subnets, cluster, namespace, existing));
    EnvironmentConditions.judge(
        status.conditions(),
        result.observed(),
        result.plan(),
        result.outcomes(),
        cloud.lastError().orElse(null));
    boolean working = !result.settled() || anyPending(result.observed());
    // Without it a load balancer that AWS is still making is looked at by the next sweep only.
    cloud.watchRollout(stack.owner(), working);
    FargateEnvironmentStatus built = status.build(now);
    return new Pass<>(
        built,
        false,
        Looks.next(result, working),
        Transitions.notes(conditions(environment), built.conditions));
  }

  private static String otherAccount(String account, String now) {
    return "The credentials lead to account "
        + now
        + ", but this environment is in account "
        + account
        + ": correct spec.assumeRole, or make another environment for the other account.";
  }

  private static String referencedCluster(
      FargateEnvironment environment, Cloud.Lookups lookups, List<Missing> missing) {
    var cluster = environment.getSpec().cluster;
    if (cluster == null || !Management.REFERENCE.equals(cluster.management)) {
      return null;
    }
    String name = EnvironmentStack.clusterName(environment);
    Optional<String> arn = lookups.cluster(name);
    if (arn.isEmpty()) {
      missing.add(gone("spec.cluster.name", "no ECS cluster " + name + " that is ACTIVE"));
    }
    return arn.orElse(null);
  }

  private static String referencedNamespace(
      FargateEnvironmentSpec spec, Cloud.Lookups lookups, List<Missing> missing) {
    if (spec.privateDns == null || !Management.REFERENCE.equals(spec.privateDns.management)) {
      return null;
    }
    Optional<String> id = lookups.privateDnsNamespace(spec.privateDns.domain, spec.network.vpcId);
    if (id.isEmpty()) {
      missing.add(
          gone(
              "spec.privateDns.domain",
              "no private DNS namespace " + spec.privateDns.domain + " in " + spec.network.vpcId));
    }
    return id.orElse(null);
  }

  private static Missing gone(String field, String what) {
    return new Missing(Reason.REFERENCE_MISSING, field + ": " + what + ".");
  }

  private static List<String> users(FargateEnvironment environment, Related related) {
    String name = environment.getMetadata().getName();
    List<String> users = new ArrayList<>();
    related
        .appsIn(name)
        .forEach(
            a ->
                users.add(
                    "FargateApp/"
                        + a.getMetadata().getNamespace()
                        + "/"
                        + a.getMetadata().getName()));
    related
        .databasesIn(name)
        .forEach(
            d ->
                users.add(
                    "FargateDatabase/"
                        + d.getMetadata().getNamespace()
                        + "/"
                        + d.getMetadata().getName()));
    return users.stream().sorted().toList();
  }

  private Pass<FargateEnvironmentStatus> waiting(
      FargateEnvironment environment,
      Related related,
      Instant now,
      Duration next,
      Consumer<Conditions> set) {
    EnvironmentStatus status =
        new EnvironmentStatus(environment, now).keepLastSeen().users(users(environment, related));
    set.accept(status.conditions());
    FargateEnvironmentStatus built = status.build(now);
    return new Pass<>(
        built, false, next, Transitions.notes(conditions(environment), built.conditions));
  }

  private static List<Condition> conditions(FargateEnvironment environment) {
    return environment.getStatus() == null ? List.of() : environment.getStatus().conditions;
  }

  private Owner owner(FargateEnvironment environment) {
    return new Owner(
        settings.ownerId(), "FargateEnvironment", "", environment.getMetadata().getName());
  }
}
