package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.DatabaseStatus;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.RolloutHealth.Verdict;
import dev.fargate.operator.status.WorkConditions;
import dev.fargate.operator.validate.DatabaseValidation;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The whole line for a FargateDatabase; the same as an app's. */
public final class DatabaseFlow {
  private static final Duration PROGRESS_DEADLINE =
      Duration.ofSeconds(FieldDefaults.PROGRESS_DEADLINE_SECONDS);

  private final Settings settings;
  private final Clouds clouds;

  public DatabaseFlow(Settings settings, Clouds clouds) {
    this.settings = settings;
    this.clouds = clouds;
  }

  /** One pass over a living object. */
  public Pass<FargateDatabaseStatus> run(FargateDatabase database, Related related, Instant now) {
    List<Problem> problems = DatabaseValidation.check(database);
    if (!problems.isEmpty()) {
      return waiting(database, now, Periods.SLOW, c -> WorkConditions.invalid(c, problems));
    }
    String environmentName = Environments.nameOf(database.getSpec().environment);
    FargateEnvironment environment = related.environment(environmentName).orElse(null);
    if (environment == null) {
      boolean wasThere = database.getStatus() != null && database.getStatus().environment != null;
      return missing(database, now, Environments.missing(environmentName, wasThere));
    }
    String namespace = database.getMetadata().getNamespace();
    String refusal = Places.refusal(environment, namespace, related.namespaceLabels(namespace));
    if (refusal != null) {
      return waiting(
          database,
          now,
          Periods.SLOW,
          c -> WorkConditions.stalled(c, Reason.ACCESS_NOT_ALLOWED, refusal));
    }
    List<Missing> missing = new ArrayList<>();
    Missing notReady = Places.missing(environment);
    if (notReady != null) {
      return missing(database, now, notReady);
    }
    Place place = Places.of(environment);
    if (place.namespaceId() == null) {
      missing.add(
          new Missing(
              Reason.ENVIRONMENT_NOT_READY,
              "spec.privateDns: environment "
                  + environmentName
                  + " has no private DNS domain yet (spec.privateDns)."));
    }
    Map<String, String> members =
        AppReferences.members(database.getSpec().network, namespace, related, missing);
    secrets(database, related, missing);
    if (!missing.isEmpty()) {
      return missing(database, now, missing.get(0));
    }
    Cloud cloud = clouds.of(environment);
    if (!cloud.ready()) {
      return waiting(
          database,
          now,
          Periods.ROLLOUT,
          c -> WorkConditions.notObserved(c, cloud.lastError().orElse(null)));
    }
    try {
      Place chosen = Places.in(place, database.getSpec().network, cloud.lookups(), missing);
      if (!missing.isEmpty()) {
        return missing(database, now, missing.get(0));
      }
      Stack stack = DatabaseStack.build(owner(database), database, chosen, members);
      return carryOut(database, now, environment, chosen, stack, cloud);
    } catch (AwsFailure failure) {
      Reason reason = Progress.reason(failure.errorClass());
      return missing(
          database, now, new Missing(reason, failure.code() + ": " + failure.getMessage()));
    }
  }

  /** One pass over an object that is being deleted; needs no valid spec. */
  public Pass<FargateDatabaseStatus> delete(
      FargateDatabase database, Related related, Instant now) {
    String environmentName =
        Environments.nameOf(database.getSpec() == null ? null : database.getSpec().environment);
    // Retain is the default here: what holds data stays unless the spec says Delete.
    boolean retain =
        database.getSpec() == null
            || !DeletionPolicy.DELETE.equals(database.getSpec().deletionPolicy);
    return Deletion.run(
        new Deletion.Subject<>(
            owner(database),
            Inputs.forDatabaseDeletion(retain),
            Annotations.isTrue(database, Annotations.FORCE_RELEASE),
            database.getStatus() == null ? List.of() : database.getStatus().resources,
            related.environment(environmentName).orElse(null),
            environmentName),
        clouds,
        settings,
        (reason, message, resources) -> {
          DatabaseStatus status = new DatabaseStatus(database, now).keepLastSeen();
          WorkConditions.deleting(status.conditions(), reason, message);
          return status.resources(resources).build(now);
        });
  }

  private Pass<FargateDatabaseStatus> carryOut(
      FargateDatabase database,
      Instant now,
      FargateEnvironment environment,
      Place place,
      Stack stack,
      Cloud cloud) {
    PlanOptions options = Inputs.forDatabase();
    boolean paused = Mode.PAUSED.equals(database.getSpec().mode);
    Line.Result result =
        paused
            ? Line.look(cloud, stack, options)
            : Line.run(cloud, stack, options, settings.leadershipHeld());
    Look look = Looks.of(stack, result, PROGRESS_DEADLINE, now);
    DatabaseStatus status =
        new DatabaseStatus(database, now).saw(look, place, environment.getMetadata().getUid());
    WorkConditions.judge(
        status.conditions(),
        new WorkConditions.Facts(
            look,
            result.outcomes(),
            paused,
            false,
            status.staysReady(look),
            cloud.lastError().orElse(null)));
    boolean working = look.health().verdict() != Verdict.HEALTHY || !result.settled();
    cloud.watchRollout(stack.owner(), working);
    FargateDatabaseStatus built = status.build(now);
    return new Pass<>(
        built,
        false,
        Looks.next(result, working),
        Transitions.notes(conditions(database), built.conditions));
  }

  private static void secrets(FargateDatabase database, Related related, List<Missing> missing) {
    var credentials = database.getSpec().credentials;
    if (credentials == null || credentials.secretRef == null) {
      return;
    }
    for (String key : List.of("username", "password")) {
      if (!related.secretHasKey(
          database.getMetadata().getNamespace(), credentials.secretRef.name, key)) {
        missing.add(
            new Missing(
                Reason.REFERENCE_MISSING,
                "spec.credentials.secretRef: Secret "
                    + credentials.secretRef.name
                    + " has no key "
                    + key
                    + ", or does not exist."));
      }
    }
  }

  private Pass<FargateDatabaseStatus> missing(
      FargateDatabase database, Instant now, Missing missing) {
    boolean tooLong = Waits.since(conditions(database), now).compareTo(PROGRESS_DEADLINE) > 0;
    return waiting(
        database,
        now,
        Periods.WAITING,
        c -> WorkConditions.missing(c, missing.reason(), missing.message(), tooLong));
  }

  private Pass<FargateDatabaseStatus> waiting(
      FargateDatabase database, Instant now, Duration next, Consumer<Conditions> set) {
    DatabaseStatus status = new DatabaseStatus(database, now).keepLastSeen();
    set.accept(status.conditions());
    FargateDatabaseStatus built = status.build(now);
    return new Pass<>(
        built, false, next, Transitions.notes(conditions(database), built.conditions));
  }

  private static List<Condition> conditions(FargateDatabase database) {
    return database.getStatus() == null ? List.of() : database.getStatus().conditions;
  }

  private Owner owner(FargateDatabase database) {
    return new Owner(
        settings.ownerId(),
        "FargateDatabase",
        database.getMetadata().getNamespace(),
        database.getMetadata().getName());
  }
}
