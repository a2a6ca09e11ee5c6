package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.app.DatabaseKey;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Publication;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.ConnectionSecret;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.Cause;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sees to the Kubernetes Secret that {@code spec.connectionSecret} asks for, once the credentials
 * are in AWS. Nothing is written in the modes Plan and Paused.
 */
final class ConnectionPublishing {
  private static final String FIELD = "spec.connectionSecret: ";

  private ConnectionPublishing() {}

  /**
   * @return why it is not as it should be; null when it is, or is only waited for
   */
  static Cause see(FargateDatabase database, Owner owner, Look look, Place place, Means means) {
    String mode = database.getSpec().mode;
    if (means.settings().secrets() == null || (mode != null && !Mode.APPLY.equals(mode))) {
      return null;
    }
    String uid = database.getMetadata().getUid();
    if (!Boolean.TRUE.equals(database.getSpec().connectionSecret)) {
      return cause(
          owner,
          means
              .cloud()
              .withdraw(owner, uid, means.settings().secrets(), means.settings().leadershipHeld()));
    }
    return credentials(look)
        .map(stored -> wanted(database, owner, place, stored))
        .map(
            wanted ->
                means
                    .cloud()
                    .publish(wanted, means.settings().secrets(), means.settings().leadershipHeld()))
        .map(publication -> cause(owner, publication))
        .orElse(null);
  }

  /** What it is done with. */
  record Means(Cloud cloud, Settings settings) {}

  /** Only what is known to be right is published. */
  private static Optional<Map<Output, String>> credentials(Look look) {
    return look.observed().find(Ids.CREDENTIALS).stream()
        .filter(secret -> secret.ownership() == ObservedResource.Ownership.OURS)
        .filter(secret -> ((Secret) secret.actual()).content() == Secret.Content.SAME)
        .map(ObservedResource::outputs)
        .findFirst();
  }

  private static ConnectionSecret wanted(
      FargateDatabase database, Owner owner, Place place, Map<Output, String> stored) {
    return new ConnectionSecret(
        owner,
        database.getMetadata().getUid(),
        new TreeMap<>(
            Map.of(
                DatabaseKey.HOST,
                DatabaseStack.host(database.getSpec(), place),
                DatabaseKey.PORT,
                String.valueOf(DatabaseStack.PORT),
                DatabaseKey.DATABASE_NAME,
                database.getSpec().databaseName)),
        stored.get(Output.ARN),
        stored.get(Output.VERSION_ID));
  }

  private static Cause cause(Owner owner, Publication publication) {
    String name = owner.namespace() + "/" + ConnectionSecret.name(owner.name());
    if (publication instanceof Publication.Foreign) {
      return new Cause(
          Reason.CONFLICT,
          FIELD
              + "Secret "
              + name
              + " was made by somebody else and is left as it is. Delete or rename it, or set"
              + " connectionSecret to false.");
    }
    if (publication instanceof Publication.Denied denied) {
      return new Cause(
          Reason.KUBERNETES_DENIED,
          FIELD
              + denied.message()
              + ". Let the operator write Secrets (the chart's value rbac.connectionSecrets), or set"
              + " connectionSecret to false.");
    }
    if (publication instanceof Publication.Later later) {
      return new Cause(
          Reason.CREATING, FIELD + "Secret " + name + " is tried again: " + later.message() + ".");
    }
    return null;
  }
}
