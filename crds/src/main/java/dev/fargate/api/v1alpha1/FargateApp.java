package dev.fargate.api.v1alpha1;

import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A container image run as an ECS service on AWS Fargate. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("FargateApp")
@Singular("fargateapp")
@Plural("fargateapps")
@ShortNames("fapp")
@Categories(ApiGroup.CATEGORY)
@ValidationRule(value = ObjectNames.RULE, message = ObjectNames.MESSAGE)
public class FargateApp extends CustomResource<FargateAppSpec, FargateAppStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** None until it is set: who writes a finalizer or status must not send an empty spec. */
  @Override
  protected FargateAppSpec initSpec() {
    return null;
  }

  /**
   * None until the operator has looked: an object read from a file must not send an empty status.
   */
  @Override
  protected FargateAppStatus initStatus() {
    return null;
  }
}
