package dev.fargate.operator.campaign;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Writes down every call and event of a run, and what AWS answered. */
final class Diary {
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Object> answers = new HashMap<>();
  private final List<Site> sites = new ArrayList<>();
  private int state;

  /** In the order of their happening. */
  List<Site> sites() {
    return sites;
  }

  /**
   * Something happens.
   *
   * @return its name with its number
   */
  String note(String call) {
    String name = call + "#" + counts.merge(call, 1, Integer::sum);
    sites.add(new Site(name, false, state, "", 0));
    if (Site.isWrite(call)) {
      state++;
    }
    return name;
  }

  /** Reads, and writes down what the answer was to the call that was noted last. */
  Struct read(String call, Struct question, UnaryOperator<Struct> proceed) {
    int place = sites.size() - 1;
    Object answer = null;
    try {
      Struct told = proceed.apply(question);
      answer = told;
      return told;
    } catch (AwsException refused) {
      answer = refused.getMessage();
      throw refused;
    } finally {
      String asked = call + question;
      boolean known = answers.containsKey(asked);
      boolean news = known && !Objects.equals(answers.put(asked, answer), answer);
      answers.putIfAbsent(asked, answer);
      sites.set(place, new Site(sites.get(place).name(), news, state, asked, items(answer)));
      if (news) {
        state++;
      }
    }
  }

  private static int items(Object answer) {
    return answer instanceof Struct struct
        ? struct.members().values().stream()
            .filter(List.class::isInstance)
            .mapToInt(list -> ((List<?>) list).size())
            .findFirst()
            .orElse(0)
        : 0;
  }
}
