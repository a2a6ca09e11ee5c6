package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.Cause;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.DatabaseStatus;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.RestoreHealth;
import dev.fargate.operator.status.StatusDraft;
import dev.fargate.operator.status.WorkConditions;
import dev.fargate.operator.validate.DatabaseValidation;
import dev.fargate.operator.validate.Problem;
import dev.fargate.operator.validate.RoleValidation;
import dev.fargate.operator.validate.access.AccessCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A FargateDatabase on the line. */
record DatabaseWorkload(FargateDatabase object, Owner owner)
    implements Workload<FargateDatabaseStatus> {
  /** What a given Secret must have. */
  private static final List<String> CREDENTIALS = List.of("username", "password");

  DatabaseWorkload(FargateDatabase object, String ownerId) {
    this(
        object,
        new Owner(
            ownerId,
            "FargateDatabase",
            object.getMetadata().getNamespace(),
            object.getMetadata().getName()));
  }

  @Override
  public FargateDatabaseSpec spec() {
    return object.getSpec();
  }

  @Override
  public FargateDatabaseStatus status() {
    return object.getStatus();
  }

  @Override
  public List<Problem> problems() {
    return DatabaseValidation.check(object);
  }

  @Override
  public List<Problem> refusals(FargateEnvironment environment) {
    return AccessCheck.database(object, DatabaseStack.image(spec()), environment);
  }

  @Override
  public Network network() {
    return spec().network;
  }

  @Override
  public Iam iam() {
    return spec().iam;
  }

  @Override
  public Logs logs() {
    return spec().logs;
  }

  @Override
  public Duration progressDeadline() {
    return Duration.ofSeconds(FieldDefaults.PROGRESS_DEADLINE_SECONDS);
  }

  @Override
  public StackMaker resolve(Place place, Related related, List<Missing> missing) {
    if (place.namespaceId() == null) {
      missing.add(
          new Missing(
              Reason.ENVIRONMENT_NOT_READY,
              "spec.privateDns: environment "
                  + place.environment()
                  + " has no private DNS domain yet (spec.privateDns)."));
    }
    Map<String, String> members =
        AppReferences.members(
            spec().network, object.getMetadata().getNamespace(), related, missing);
    credentials(related, missing);
    AppReferences.logGroup(spec().logs, place, missing);
    return (chosen, lookups, absent) ->
        DatabaseStack.build(
            owner,
            object,
            chosen,
            members,
            StorageLookups.subnetByZone(owner, spec().storage, chosen, lookups, absent),
            RestoreLookups.refusal(owner, object, chosen, lookups));
  }

  private void credentials(Related related, List<Missing> missing) {
    var credentials = spec().credentials;
    if (credentials == null || credentials.secretRef == null) {
      return;
    }
    String namespace = object.getMetadata().getNamespace();
    for (String key : CREDENTIALS) {
      boolean there;
      try {
        there = related.secretHasKey(namespace, credentials.secretRef.name, key);
      } catch (Related.Refused refused) {
        throw refused.of("spec.credentials.secretRef");
      }
      if (!there) {
        missing.add(
            new Missing(
                Reason.REFERENCE_MISSING,
                "spec.credentials.secretRef: Secret "
                    + credentials.secretRef.name
                    + " in namespace "
                    + namespace
                    + " does not exist, or has no key "
                    + key
                    + "."));
      }
    }
  }

  @Override
  public List<Problem> problems(Place place) {
    List<Problem> problems =
        new ArrayList<>(
            RoleValidation.execution(spec().iam, place.environment(), place.defaults()));
    problems.addAll(RoleValidation.backup(spec().backup, place.environment(), place.defaults()));
    return problems;
  }

  @Override
  public void tell(Conditions conditions, List<Problem> problems) {
    WorkConditions.invalid(conditions, problems);
    problems.stream()
        .filter(problem -> problem.field().equals(RoleValidation.BACKUP))
        .forEach(problem -> WorkConditions.noBackupRole(conditions, problem.toString()));
  }

  @Override
  public PlanOptions options(Place place, Related related) {
    return Inputs.forDatabase(object);
  }

  /** Retain is the default here: what holds data stays unless the spec says Delete. */
  @Override
  public PlanOptions deletionOptions() {
    return Inputs.forDatabaseDeletion(
        spec() == null || !DeletionPolicy.DELETE.equals(spec().deletionPolicy));
  }

  @Override
  public boolean wantsZero(Look look) {
    return false;
  }

  @Override
  public Cause beside(Look look, Place place, Cloud cloud, Settings settings) {
    Cause publishing =
        ConnectionPublishing.see(
            object, owner, look, place, new ConnectionPublishing.Means(cloud, settings));
    Cause restore = RestoreHealth.cause(look);
    return restore != null ? restore : publishing;
  }

  @Override
  public StatusDraft<FargateDatabaseStatus> draft(Instant now) {
    return new DatabaseStatus(object, now);
  }
}
