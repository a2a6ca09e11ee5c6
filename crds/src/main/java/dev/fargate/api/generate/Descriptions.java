package dev.fargate.api.generate;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import java.util.Map;

/** The texts of {@code kubectl explain}. */
final class Descriptions {

  private static final Map<Class<?>, String> KINDS =
      Map.of(
          FargateApp.class,
          "One container image, run as a service on AWS Fargate: its tasks, ways in, scaling, logs"
              + " and rollout.",
          FargateDatabase.class,
          "One database, run as a single task on AWS Fargate and reached by a private name.",
          FargateEnvironment.class,
          "A place to run apps and databases: account, region, cluster, network and load balancers."
              + " Written by a platform team.");

  private Descriptions() {}

  static String ofKind(Class<?> kind) {
    return KINDS.get(kind);
  }

  static String ofField(Doc doc) {
    StringBuilder text = new StringBuilder(doc.value());
    if (!doc.absent().isEmpty()) {
      text.append(" When absent: ").append(doc.absent()).append('.');
    }
    if (!doc.example().isEmpty()) {
      text.append(" Example: ").append(doc.example()).append('.');
    }
    if (!doc.aws().isEmpty()) {
      text.append(" In AWS: ").append(doc.aws()).append('.');
    }
    if (doc.edit() != Edit.UNSPECIFIED) {
      text.append(" Editing: ").append(doc.edit().sentence()).append('.');
    }
    return text.toString();
  }
}
