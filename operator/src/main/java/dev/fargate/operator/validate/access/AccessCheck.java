package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.operator.validate.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether an environment allows what an app or database asks for ({@code spec.access}). A custom
 * resource is untrusted input: what it names may belong to others, or give more rights than its
 * author has. One class beside this one per family of rules.
 */
public final class AccessCheck {
  private AccessCheck() {}

  /** What the app asks for and may not have; empty when all is allowed. */
  public static List<Problem> app(FargateApp app, FargateEnvironment environment) {
    var spec = app.getSpec();
    Grant grant = Grant.of(environment);
    List<Problem> problems = new ArrayList<>();
    ImageRules.named("spec.image", spec.image, grant, problems);
    SizeAccess.cpu(spec.cpu == null ? FieldDefaults.CPU : spec.cpu, grant, problems);
    SourceAccess.check("spec.env", spec.env, grant, problems);
    if (spec.autoscaling == null) {
      SizeAccess.replicas("spec.replicas", spec.replicas, grant, problems);
    } else {
      SizeAccess.replicas(
          "spec.autoscaling.maxReplicas", spec.autoscaling.maxReplicas, grant, problems);
    }
    HostAccess.check(spec.ingresses, grant, problems);
    NameAccess.check(spec.privateDns == null ? null : spec.privateDns.name, grant, problems);
    NetworkRules.check(spec.network, environment.getSpec().network, grant, problems);
    RoleAccess.check(spec.iam, grant, problems);
    TopicAccess.check(spec.alarms, grant, problems);
    return problems;
  }

  /**
   * What the database asks for and may not have; empty when all is allowed.
   *
   * @param engineImage what runs when the spec names no image
   */
  public static List<Problem> database(
      FargateDatabase database, String engineImage, FargateEnvironment environment) {
    var spec = database.getSpec();
    Grant grant = Grant.of(environment);
    List<Problem> problems = new ArrayList<>();
    if (spec.image == null) {
      ImageRules.ofEngine("spec.image", engineImage, grant, problems);
    } else {
      ImageRules.named("spec.image", spec.image, grant, problems);
    }
    if (spec.cpu != null) {
      SizeAccess.cpu(spec.cpu, grant, problems);
    }
    NameAccess.check(spec.privateDns.name, grant, problems);
    StorageAccess.check(spec.storage, grant, problems);
    NetworkRules.check(spec.network, environment.getSpec().network, grant, problems);
    RoleAccess.check(spec.iam, grant, problems);
    RoleAccess.backup(spec.backup, grant, problems);
    TopicAccess.check(spec.alarms, grant, problems);
    return problems;
  }

  /**
   * The same for subnets, once it is known which ones are meant.
   *
   * @param chosen where the tasks would stand
   * @param usual the environment's own subnets
   */
  public static List<Problem> subnets(
      Collection<String> chosen, Collection<String> usual, FargateEnvironment environment) {
    return NetworkRules.subnets(chosen, usual, Grant.of(environment));
  }
}
