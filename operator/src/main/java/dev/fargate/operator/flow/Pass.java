package dev.fargate.operator.flow;

import java.time.Duration;
import java.util.List;

/**
 * What one look at an object came to.
 *
 * @param status the whole status to be written, if it differs; null = leave it
 * @param finished only in deletion: nothing owned is left, the finalizer may go
 * @param nextLook when to come back without any event
 * @param notes Events to write, already limited to transitions
 */
public record Pass<S>(S status, boolean finished, Duration nextLook, List<Note> notes) {
  public Pass {
    notes = List.copyOf(notes);
  }

  /** The status stays as it is. */
  public static <S> Pass<S> unchanged(Duration nextLook) {
    return new Pass<>(null, false, nextLook, List.of());
  }

  /** A Kubernetes Event. @param warning else normal */
  public record Note(boolean warning, String reason, String message) {}
}
