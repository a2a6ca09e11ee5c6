package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.Engine;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.stack.build.DatabaseStack;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a FargateDatabase before it can be carried out. */
public final class DatabaseValidation {
  private DatabaseValidation() {}

  /** The problems of a spec; empty when it can be carried out. */
  public static List<Problem> check(FargateDatabase database) {
    FargateDatabaseSpec spec = database.getSpec();
    if (spec == null) {
      return List.of(new Problem("spec", "is required"));
    }
    List<Problem> problems = new ArrayList<>();
    if (!Engine.MONGODB.equals(spec.engine)) {
      problems.add(
          new Problem("spec.engine", "is \"" + spec.engine + "\"; this version knows mongodb"));
    }
    if (spec.databaseName == null || spec.databaseName.isBlank()) {
      problems.add(new Problem("spec.databaseName", "is required"));
    }
    if (spec.privateDns == null || spec.privateDns.name == null) {
      problems.add(
          new Problem(
              "spec.privateDns.name", "is required: it is the one way to reach the database"));
    }
    if (spec.storage == null || (spec.storage.efs == null) == (spec.storage.ephemeral == null)) {
      problems.add(
          new Problem("spec.storage", "is required: exactly one of {efs: {}} and {ephemeral: {}}"));
    }
    int cpu = spec.cpu == null ? DatabaseStack.CPU : spec.cpu;
    int memory = spec.memoryMiB == null ? DatabaseStack.MEMORY_MIB : spec.memoryMiB;
    if (!FargateSizes.exists(cpu, memory)) {
      problems.add(
          new Problem(
              "spec.memoryMiB",
              memory + " MiB does not go with cpu " + cpu + "; " + FargateSizes.fix(cpu)));
    }
    problems.addAll(BackupValidation.check(spec));
    problems.addAll(RestoreValidation.check(spec));
    problems.addAll(AlarmValidation.check(spec.alarms, false));
    return problems;
  }
}
