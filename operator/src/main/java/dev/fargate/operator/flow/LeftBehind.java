package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.operator.status.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * The last Events of an object whose things stay in AWS. Afterwards nobody in Kubernetes knows them
 * any more, so each is named, in as many Events as it takes.
 */
final class LeftBehind {
  /** Kubernetes takes 1,024 characters in an Event; this leaves room for the heading. */
  private static final int CHARACTERS = 900;

  private LeftBehind() {}

  static String text(OwnedResource resource) {
    return resource.kind + " " + resource.arn;
  }

  /** None where nothing stays. */
  static List<Pass.Note> notes(boolean warning, Reason reason, String heading, List<String> left) {
    List<List<String>> parts = new ArrayList<>();
    int room = 0;
    for (String thing : left) {
      if (parts.isEmpty() || thing.length() > room) {
        parts.add(new ArrayList<>());
        room = CHARACTERS;
      }
      parts.get(parts.size() - 1).add(thing);
      room -= thing.length() + 2;
    }
    List<Pass.Note> notes = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.size() == 1 ? "" : " (" + (i + 1) + " of " + parts.size() + ")";
      notes.add(
          new Pass.Note(
              warning, reason.text(), heading + part + ": " + String.join(", ", parts.get(i))));
    }
    return notes;
  }
}
