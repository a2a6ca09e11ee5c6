package dev.fargate.operator.campaign;

/** The operator's process ends here. An Error, so that no code of it can catch it and go on. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("the process is killed here, as the plan asked", null, false, false);
  }
}
