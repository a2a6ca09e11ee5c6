package dev.fargate.api.v1alpha1;

import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A place to run apps and databases: account, region, cluster, network, load balancers. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("FargateEnvironment")
@Singular("fargateenvironment")
@Plural("fargateenvironments")
@ShortNames("fenv")
@Categories(ApiGroup.CATEGORY)
@ValidationRule(value = ObjectNames.RULE, message = ObjectNames.MESSAGE)
public class FargateEnvironment
    extends CustomResource<FargateEnvironmentSpec, FargateEnvironmentStatus> {

  private static final long serialVersionUID = 1L;

  /** None until it is set: who writes a finalizer or status must not send an empty spec. */
  @Override
  protected FargateEnvironmentSpec initSpec() {
    return null;
  }

  /**
   * None until the operator has looked: an object read from a file must not send an empty status.
   */
  @Override
  protected FargateEnvironmentStatus initStatus() {
    return null;
  }
}
