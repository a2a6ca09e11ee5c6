package dev.fargate.operator.aws.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Cuts a collection into the batches that a call takes. */
public final class Batches {
  private Batches() {}

  public static <T> List<List<T>> of(Collection<T> all, int size) {
    List<T> list = new ArrayList<>(all);
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      batches.add(list.subList(from, Math.min(list.size(), from + size)));
    }
    return batches;
  }
}
