package dev.fargate.operator.reconcile;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import java.util.List;

/** Our three kinds as last heard of, by name and by environment. */
public interface KnownObjects {
  /** Null when there is none. */
  FargateEnvironment environment(String name);

  /** Null when there is none. */
  FargateApp app(String namespace, String name);

  /** Null when there is none. */
  FargateDatabase database(String namespace, String name);

  List<FargateApp> appsIn(String environment);

  List<FargateDatabase> databasesIn(String environment);

  /** The environment that an app runs in. */
  static String environmentOf(FargateApp app) {
    return name(app.getSpec() == null ? null : app.getSpec().environment);
  }

  /** The environment that a database runs in. */
  static String environmentOf(FargateDatabase database) {
    return name(database.getSpec() == null ? null : database.getSpec().environment);
  }

  private static String name(String environment) {
    return environment == null ? FieldDefaults.ENVIRONMENT : environment;
  }
}
