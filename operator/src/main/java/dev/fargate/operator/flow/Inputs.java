package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.operator.plan.Claims;
import dev.fargate.operator.plan.Claims.Claim;
import dev.fargate.operator.plan.Claims.Contender;
import dev.fargate.operator.plan.Ignored;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.plan.PlanOptions.Deletion;
import dev.fargate.operator.stack.ContentHash;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.build.AppStack;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.validate.AppValidation;
import dev.fargate.operator.validate.access.AccessCheck;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the planner needs beside stack and observation, for each kind. */
final class Inputs {
  /** A database's revisions differ by version or size; a few are enough to look back. */
  private static final int DATABASE_REVISIONS = 3;

  private Inputs() {}

  static PlanOptions forApp(FargateApp app, Place place, Related related, String ownerId) {
    int history =
        app.getSpec().revisionHistoryLimit == null
            ? FieldDefaults.REVISION_HISTORY_LIMIT
            : app.getSpec().revisionHistoryLimit;
    return PlanOptions.of(deletion(app), history)
        .withFailedRevisions(failedRevisions(app))
        .withKeptRevisions(keptRevisions(app))
        .withAdoption(adoption(app.getSpec().adoption))
        .withIgnored(new Ignored(Set.copyOf(app.getSpec().ignore)))
        .withClaims(claims(place, related, ownerId));
  }

  static PlanOptions forDatabase(FargateDatabase database) {
    return PlanOptions.of(Deletion.RETAIN_DATA, DATABASE_REVISIONS)
        .withAdoption(adoption(database.getSpec().adoption));
  }

  static PlanOptions forEnvironment(FargateEnvironment environment, Related related) {
    String name = environment.getMetadata().getName();
    Map<ResourceId, String> users = new TreeMap<>(Comparator.comparing(ResourceId::toString));
    for (FargateApp app : related.appsIn(name)) {
      logGroupUser(app, app.getSpec() == null ? null : app.getSpec().logs, users);
    }
    for (FargateDatabase database : related.databasesIn(name)) {
      logGroupUser(database, database.getSpec() == null ? null : database.getSpec().logs, users);
    }
    return forEnvironment(environment).withUsers(users);
  }

  /** Nobody uses it. */
  static PlanOptions forEnvironment(FargateEnvironment environment) {
    return PlanOptions.of(Deletion.DELETE, 0)
        .withAdoption(adoption(environment.getSpec().adoption));
  }

  /** What this version does not know takes nothing over. */
  private static PlanOptions.Adoption adoption(String value) {
    return switch (value == null ? Adoption.NEVER : value) {
      case Adoption.IF_TAGGED -> PlanOptions.Adoption.IF_TAGGED;
      case Adoption.ADOPT -> PlanOptions.Adoption.ADOPT;
      default -> PlanOptions.Adoption.NEVER;
    };
  }

  private static void logGroupUser(HasMetadata user, Logs logs, Map<ResourceId, String> users) {
    if (logs != null && logs.group != null) {
      String name =
          user.getKind()
              + "/"
              + user.getMetadata().getNamespace()
              + "/"
              + user.getMetadata().getName();
      users.merge(
          Ids.sharedLogGroup(logs.group), name, BinaryOperator.minBy(Comparator.naturalOrder()));
    }
  }

  static PlanOptions forDeletion(boolean retain) {
    return PlanOptions.of(retain ? Deletion.RETAIN : Deletion.DELETE, 0);
  }

  static PlanOptions forDatabaseDeletion(boolean retain) {
    return PlanOptions.of(retain ? Deletion.RETAIN_DATA : Deletion.DELETE, 0);
  }

  /** ARNs that ECS has given up on, as last shown; the planner does not try them again. */
  static Set<String> failedRevisions(FargateApp app) {
    return arns(app.getStatus() == null ? null : app.getStatus().failed);
  }

  /** The revision the spec asks for, where it is registered already. */
  static Optional<ObservedResource> requestedTaskDefinition(
      Stack stack, Plan plan, List<ObservedResource> observed) {
    return stack
        .find(Ids.TASK_DEFINITION)
        .flatMap(wanted -> ContentHash.of((TaskDefinition) wanted, plan.known()))
        .flatMap(
            hash ->
                observed.stream()
                    .filter(resource -> hash.equals(resource.contentHash()))
                    .filter(resource -> resource.lifecycle() == ObservedResource.Lifecycle.ACTIVE)
                    .findFirst());
  }

  /** Every host and path that an app of this environment asks for, with everybody who asks. */
  private static Claims claims(Place place, Related related, String ownerId) {
    Map<Claim, Set<FargateApp>> askers = new HashMap<>();
    for (FargateApp app : related.appsIn(place.environment())) {
      if (app.getMetadata().getDeletionTimestamp() != null || app.getSpec() == null) {
        continue;
      }
      for (var ingress : app.getSpec().ingresses) {
        for (String listener : AppStack.listenerArns(app, ingress, place)) {
          for (Claim claim :
              Claims.of(listener, new TreeSet<>(ingress.hosts), new TreeSet<>(ingress.paths))) {
            // By identity: two objects are never the same app.
            askers
                .computeIfAbsent(claim, c -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(app);
          }
        }
      }
    }
    Map<FargateApp, Boolean> refused = new IdentityHashMap<>();
    Map<Claim, Set<Contender>> contenders = new HashMap<>();
    askers.forEach(
        (claim, apps) ->
            contenders.put(
                claim,
                apps.stream()
                    .map(
                        app ->
                            contender(
                                app,
                                ownerId,
                                // Whether who asks alone is refused makes no difference to others.
                                apps.size() > 1
                                    && refused.computeIfAbsent(
                                        app, a -> isRefused(a, place, related))))
                    .collect(Collectors.toSet())));
    return Claims.of(contenders);
  }

  private static Contender contender(FargateApp app, String ownerId, boolean refused) {
    Owner owner =
        new Owner(
            ownerId, "FargateApp", app.getMetadata().getNamespace(), app.getMetadata().getName());
    return new Contender(
        owner.reference(), Instant.parse(app.getMetadata().getCreationTimestamp()), refused);
  }

  private static boolean isRefused(FargateApp app, Place place, Related related) {
    String namespace = app.getMetadata().getNamespace();
    return !AppValidation.check(app).isEmpty()
        || related
            .environment(place.environment())
            .filter(
                environment ->
                    Places.refusal(environment, namespace, related) != null
                        || !AccessCheck.app(app, environment).isEmpty())
            .isPresent();
  }

  private static Deletion deletion(FargateApp app) {
    return DeletionPolicy.RETAIN.equals(app.getSpec().deletionPolicy)
        ? Deletion.RETAIN
        : Deletion.DELETE;
  }

  private static Set<String> keptRevisions(FargateApp app) {
    if (app.getStatus() == null) {
      return Set.of();
    }
    return Stream.of(app.getStatus().serving, app.getStatus().lastGood)
        .flatMap(revision -> arns(revision).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> arns(RevisionStatus revision) {
    return Stream.ofNullable(revision)
        .map(r -> r.taskDefinitionArn)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
