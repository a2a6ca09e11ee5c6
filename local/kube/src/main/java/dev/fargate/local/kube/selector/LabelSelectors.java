package dev.fargate.local.kube.selector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Label selectors: {@code a=b, c!=d, e in (f,g), h notin (i), j, !k}. */
final class LabelSelectors {
  private static final String KEY = "([A-Za-z0-9]([A-Za-z0-9./_-]*[A-Za-z0-9])?)";
  private static final String VALUE = "([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?";
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);
  private static final Pattern EQUALITY = Pattern.compile(KEY + "\\s*(=|==|!=)\\s*" + VALUE);
  private static final Pattern MEMBER = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");

  private LabelSelectors() {}

  static Predicate<JsonNode> parse(String text) {
    Predicate<JsonNode> all = labels -> true;
    for (String term : terms(text)) {
      all = all.and(term(term));
    }
    Predicate<JsonNode> ofLabels = all;
    return object -> ofLabels.test(object.path("metadata").path("labels"));
  }

  private static Predicate<JsonNode> term(String term) {
    Matcher exists = EXISTS.matcher(term);
    if (exists.matches()) {
      boolean wanted = exists.group(1).isEmpty();
      String key = exists.group(2);
      return labels -> labels.has(key) == wanted;
    }
    Matcher equality = EQUALITY.matcher(term);
    if (equality.matches()) {
      String key = equality.group(1);
      String value = equality.group(4) == null ? "" : equality.group(4);
      boolean negated = equality.group(3).equals("!=");
      return labels -> (labels.has(key) && labels.get(key).asText().equals(value)) != negated;
    }
    Matcher member = MEMBER.matcher(term);
    if (member.matches()) {
      String key = member.group(1);
      Set<String> values =
          Stream.of(member.group(4).split(",")).map(String::trim).collect(Collectors.toSet());
      boolean negated = member.group(3).equals("notin");
      return labels -> (labels.has(key) && values.contains(labels.get(key).asText())) != negated;
    }
    throw StatusError.badRequest("unable to parse label selector requirement \"" + term + "\"");
  }

  /** Splits at the commas outside parentheses. */
  private static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        String term = text.substring(start, i).trim();
        if (!term.isEmpty()) {
          terms.add(term);
        }
        start = i + 1;
      }
    }
    if (depth != 0) {
      throw StatusError.badRequest(
          "unable to parse label selector \"" + text + "\": unbalanced parentheses");
    }
    return terms;
  }
}
