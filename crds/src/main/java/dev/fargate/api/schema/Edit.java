package dev.fargate.api.schema;

/** What editing a field of a living object does. */
public enum Edit {
  /** For groups, whose fields say it one by one, and for status, which nobody edits. */
  UNSPECIFIED(""),
  /**
   * For fields of an object that is used in several places: the field that holds the object says
   * it.
   */
  AS_HOLDER("as said of the field that holds it"),
  /** The AWS resource is updated, no task is replaced. */
  IN_PLACE("applied in place, no task is replaced"),
  /** A new task definition revision; the rollout replaces the tasks. */
  NEW_REVISION("new revision, the rollout replaces the tasks"),
  /** The task definition stays, the service's tasks are replaced. */
  NEW_DEPLOYMENT("new deployment, the rollout replaces the tasks"),
  /** AWS cannot change it: a new resource takes over from the old one. */
  REPLACEMENT("replacement, a new AWS resource takes over from the old one"),
  /** The API server refuses the change. */
  FORBIDDEN("forbidden, the API server refuses it"),
  /** Changes what the operator does from now on. */
  OPERATOR_ONLY("changes what the operator does from now on, nothing in AWS by itself");

  private final String sentence;

  Edit(String sentence) {
    this.sentence = sentence;
  }

  /** The sentence for descriptions; empty for {@link #UNSPECIFIED}. */
  public String sentence() {
    return sentence;
  }
}
