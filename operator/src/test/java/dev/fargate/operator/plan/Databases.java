package dev.fargate.operator.plan;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.DatabaseDns;
import dev.fargate.api.v1alpha1.database.EfsStorage;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.api.v1alpha1.database.Storage;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Restore.Progress;
import dev.fargate.operator.stack.Restore.Wish;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.DatabaseStack;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A database with its data on a file system of its own, made into a stack by the real builder. */
final class Databases {
  static final Owner OWNER = new Owner("tests", "FargateDatabase", "default", "mongo");
  static final String POINT = "arn:aws:backup:eu-central-1:123456789012:recovery-point:1";
  static final String OTHER_POINT = "arn:aws:backup:eu-central-1:123456789012:recovery-point:2";

  private Databases() {}

  static FargateDatabaseSpec mongo() {
    FargateDatabaseSpec spec = new FargateDatabaseSpec();
    spec.version = "7.0";
    spec.databaseName = "phoenix";
    spec.privateDns = new DatabaseDns();
    spec.privateDns.name = "mongo";
    spec.storage = new Storage();
    spec.storage.efs = new EfsStorage();
    return spec;
  }

  /** Asks for the data of a recovery point. */
  static Consumer<FargateDatabaseSpec> restoring(String recoveryPointArn) {
    return spec -> {
      spec.restore = new Restore();
      spec.restore.recoveryPointArn = recoveryPointArn;
    };
  }

  static Stack stack(Consumer<FargateDatabaseSpec> change) {
    return stack(change, null);
  }

  /**
   * @param refusal why what it asks to restore cannot be; null where it can
   */
  static Stack stack(Consumer<FargateDatabaseSpec> change, String refusal) {
    FargateDatabase database = new FargateDatabase();
    database.setMetadata(new ObjectMeta());
    FargateDatabaseSpec spec = mongo();
    change.accept(spec);
    database.setSpec(spec);
    return DatabaseStack.build(
        OWNER,
        database,
        Apps.place("ns-1"),
        Map.of(),
        new TreeMap<>(Map.of("eu-central-1a", "subnet-a")),
        refusal);
  }

  /** What the stack asks to restore. */
  static Wish wish(String recoveryPointArn) {
    return stack(restoring(recoveryPointArn)).resources().stream()
        .filter(AccessPoint.class::isInstance)
        .map(resource -> ((AccessPoint) resource).restore().wish())
        .findFirst()
        .orElseThrow();
  }

  /** The database runs, with nothing brought back ever. */
  static SimulatedAws running() {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, stack(spec -> {}));
    return aws;
  }

  /** What AWS tells of how far bringing back is. */
  static void progress(SimulatedAws aws, Progress progress) {
    ObservedResource there = aws.of(Kind.ACCESS_POINT).get(0);
    AccessPoint actual = (AccessPoint) there.actual();
    aws.replace(
        there,
        SimulatedAws.with(
            there,
            actual.with(new dev.fargate.operator.stack.Restore(null, progress, null)),
            there.tags()));
  }

  /** The service is asked for no task. */
  static void toZero(SimulatedAws aws) {
    ObservedResource service = aws.service();
    aws.replace(
        service,
        SimulatedAws.with(
            service,
            ((Service) service.actual()).with(new Service.Count(0, true)),
            service.tags()));
  }

  /** As observed, but with so many tasks. */
  static Observed withTasks(Observed observed, int running, int pending) {
    Rollout now = observed.rollout();
    Rollout rollout =
        new Rollout(
            now.serviceStatus(),
            running + pending,
            running,
            pending,
            now.deployments(),
            List.of(),
            List.of(),
            List.of());
    return new Observed(observed.resources(), Set.of(), observed.listeners(), rollout);
  }

  /** Where AWS is with the one resource of this kind. */
  static void lifecycle(SimulatedAws aws, Kind kind, Lifecycle lifecycle) {
    ObservedResource there = aws.of(kind).get(0);
    aws.replace(there, Scenes.with(there, there.ownership(), lifecycle));
  }
}
