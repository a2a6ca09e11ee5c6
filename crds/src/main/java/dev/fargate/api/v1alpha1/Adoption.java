package dev.fargate.api.v1alpha1;

/**
 * What happens when something of the wanted name exists in AWS already: the values of {@code
 * spec.adoption}.
 */
public final class Adoption {

  /** Anything that exists already is a conflict, even with our ownership tags. */
  public static final String NEVER = "Never";

  /** What carries this object's ownership tags is taken over, anything else is a conflict. */
  public static final String IF_TAGGED = "IfTagged";

  private Adoption() {}
}
