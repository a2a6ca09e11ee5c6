package dev.fargate.operator.status;

/**
 * Why a plan is not carried out although it could be: a person wants it so, or has to decide.
 *
 * @param reason Paused, PlanPending or PlanChanged
 * @param message what a person has to do
 * @param passing false: only a person helps; true: it goes on by itself: at once, or when AWS has
 *     been read
 */
public record Halt(Reason reason, String message, boolean passing) {
  /** A halt until a person does something. */
  public Halt(Reason reason, String message) {
    this(reason, message, false);
  }
}
