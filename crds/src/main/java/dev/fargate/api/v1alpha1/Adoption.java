package dev.fargate.api.v1alpha1;

/** What becomes of a thing in AWS that has the name of one that an object wants to create. */
public final class Adoption {
  /** It is a conflict. */
  public static final String NEVER = "Never";

  /** It is taken over if its tag {@code fargate.dev/adopt} names the object. */
  public static final String IF_TAGGED = "IfTagged";

  /** It is taken over once a person has approved the plan. */
  public static final String ADOPT = "Adopt";

  private Adoption() {}
}
