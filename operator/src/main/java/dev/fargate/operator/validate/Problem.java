package dev.fargate.operator.validate;

/**
 * Why a spec cannot be carried out.
 *
 * @param field the path, for example {@code spec.ingresses[0].portName}
 * @param message what is wrong and how to mend it
 */
public record Problem(String field, String message) {
  @Override
  public String toString() {
    return field + ": " + message;
  }
}
