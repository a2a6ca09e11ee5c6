package dev.fargate.operator.aws;

import dev.fargate.operator.aws.errors.ErrorTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks AWS a question once, and gives the same answer for a while. */
final class CachedAnswers {
  private final Clock clock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(Object value, Instant until) {}

  CachedAnswers(Clock clock) {
    this.clock = clock;
  }

  /**
   * The answer, of at most this age. What fails is asked again the next time.
   *
   * @param question all that the answer depends on
   * @throws dev.fargate.operator.apply.AwsFailure when AWS refuses or does not answer
   */
  <T> T get(String question, Duration age, Supplier<T> ask, Class<T> type) {
    Instant now = clock.instant();
    Answer known = answers.get(question);
    if (known != null && now.isBefore(known.until())) {
      return type.cast(known.value());
    }
    try {
      T value = ask.get();
      // Of log streams there are ever new ones.
      answers.values().removeIf(old -> !now.isBefore(old.until()));
      answers.put(question, new Answer(value, now.plus(age)));
      return value;
    } catch (SdkException failure) {
      throw ErrorTable.classify(failure);
    }
  }

  /** Asks these anew from now on. */
  void forget(Predicate<String> questions) {
    answers.keySet().removeIf(questions);
  }
}
