package dev.fargate.local.aws.secrets;

import dev.fargate.local.aws.wire.Struct;
import dev.fargate.local.aws.wire.Unsupported;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The filters of ListSecrets: all must match; of a filter's values one must match; a value that
 * starts with {@code !} must not. Names and tags match by prefix with case, descriptions without.
 */
final class SecretFilters {
  private SecretFilters() {}

  static Predicate<Secret> of(List<Struct> filters) {
    return filters.stream().map(SecretFilters::filter).reduce(secret -> true, Predicate::and);
  }

  private static Predicate<Secret> filter(Struct filter) {
    String key = filter.string("Key").orElse("all");
    return filter.strings("Values").stream()
        .map(
            value ->
                value.startsWith("!") ? one(key, value.substring(1)).negate() : one(key, value))
        .reduce(Predicate::or)
        .orElse(secret -> true);
  }

  private static Predicate<Secret> one(String key, String value) {
    return switch (key) {
      case "name" -> secret -> secret.name().startsWith(value);
      case "tag-key" -> secret -> startsWith(secret.tags().keySet().stream(), value);
      case "tag-value" -> secret -> startsWith(secret.tags().values().stream(), value);
      case "description" -> secret -> lower(secret.description()).startsWith(lower(value));
      case "all" ->
          secret ->
              Stream.of(value.split("\\s+"))
                  .allMatch(word -> words(secret).anyMatch(w -> w.contains(lower(word))));
      default -> throw Unsupported.refusal("ListSecrets with filter " + key);
    };
  }

  private static Stream<String> words(Secret secret) {
    return Stream.of(
            Stream.of(secret.name(), secret.description()),
            secret.tags().keySet().stream(),
            secret.tags().values().stream())
        .flatMap(all -> all)
        .map(SecretFilters::lower);
  }

  private static boolean startsWith(Stream<String> texts, String prefix) {
    return texts.anyMatch(text -> text.startsWith(prefix));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
