package dev.fargate.operator.campaign;

import java.util.List;
import java.util.function.Consumer;

/** Everything that is tried with a fault at every call. One line each. */
final class Workloads {
  private static final Consumer<Stage> NOTHING = stage -> {};
  private static final Consumer<Stage> ENVIRONMENT = stage -> stage.apply(stage.environment);
  private static final Consumer<Stage> APP = ENVIRONMENT.andThen(stage -> stage.apply(stage.app));

  private Workloads() {}

  static final List<Workload> ALL =
      List.of(
          new Workload("create", NOTHING, s -> s.apply(s.environment, s.app)),
          new Workload("new-image", APP, s -> s.edit(app -> app.getSpec().image = "web:2")),
          new Workload("delete", APP, s -> s.delete(s.app)));
}
