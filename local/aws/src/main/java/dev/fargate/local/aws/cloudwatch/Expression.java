package dev.fargate.local.aws.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * CloudWatch's metric math, as far as it goes here: numbers, ids, {@code + - * /}, parentheses and
 * {@code FILL(series, number)}. Worked out period by period; where a value is missing, or after a
 * division by zero, there is no data point.
 */
final class Expression {
  private final String text;
  private final Set<String> ids = new TreeSet<>();
  private final Term root;
  private int at;

  /** A node of the parsed expression. */
  private interface Term {
    OptionalDouble of(Map<String, OptionalDouble> values);
  }

  private Expression(String text) {
    this.text = text;
    this.root = sum();
    if (peek() != 0) {
      throw wrong();
    }
  }

  /**
   * @throws dev.fargate.local.aws.wire.AwsException when it is no expression, or one with more than
   *     is understood here
   */
  static Expression parse(String text) {
    return new Expression(text);
  }

  /** The ids that it refers to. */
  Set<String> ids() {
    return ids;
  }

  /** The value of one period. */
  OptionalDouble of(Map<String, OptionalDouble> values) {
    return root.of(values);
  }

  private Term sum() {
    Term left = product();
    while (peek() == '+' || peek() == '-') {
      char operator = next();
      Term first = left;
      Term second = product();
      left = values -> calculate(operator, first.of(values), second.of(values));
    }
    return left;
  }

  private Term product() {
    Term left = factor();
    while (peek() == '*' || peek() == '/') {
      char operator = next();
      Term first = left;
      Term second = factor();
      left = values -> calculate(operator, first.of(values), second.of(values));
    }
    return left;
  }

  private Term factor() {
    char first = peek();
    if (first == '(') {
      next();
      Term inside = sum();
      expect(')');
      return inside;
    } else if (first == '-') {
      next();
      Term inside = factor();
      return values -> calculate('-', OptionalDouble.of(0), inside.of(values));
    } else if (Character.isDigit(first)) {
      OptionalDouble number = OptionalDouble.of(Double.parseDouble(word("[0-9.]")));
      return values -> number;
    } else if (Character.isLetter(first)) {
      return named(word("[A-Za-z0-9_]"));
    }
    throw wrong();
  }

  private Term named(String name) {
    if (peek() == '(') {
      return function(name);
    } else if (!Character.isLowerCase(name.charAt(0))) {
      throw wrong();
    }
    ids.add(name);
    return values -> values.getOrDefault(name, OptionalDouble.empty());
  }

  private Term function(String name) {
    next();
    List<Term> arguments = new ArrayList<>(List.of(sum()));
    while (peek() == ',') {
      next();
      arguments.add(sum());
    }
    expect(')');
    if (!name.equals("FILL")) {
      throw CloudWatchError.unsupported("the metric math function " + name);
    } else if (arguments.size() != 2) {
      throw wrong();
    }
    return values -> {
      OptionalDouble value = arguments.get(0).of(values);
      return value.isPresent() ? value : arguments.get(1).of(values);
    };
  }

  private static OptionalDouble calculate(char operator, OptionalDouble a, OptionalDouble b) {
    if (a.isEmpty() || b.isEmpty() || operator == '/' && b.getAsDouble() == 0) {
      return OptionalDouble.empty();
    }
    double left = a.getAsDouble();
    double right = b.getAsDouble();
    return OptionalDouble.of(
        switch (operator) {
          case '+' -> left + right;
          case '-' -> left - right;
          case '*' -> left * right;
          default -> left / right;
        });
  }

  private String word(String characters) {
    peek();
    int start = at;
    while (at < text.length() && text.substring(at, at + 1).matches(characters)) {
      at++;
    }
    return text.substring(start, at);
  }

  /** The next character that is no space; 0 at the end. */
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char next() {
    char character = peek();
    at++;
    return character;
  }

  private void expect(char character) {
    if (peek() != character) {
      throw wrong();
    }
    at++;
  }

  private RuntimeException wrong() {
    return CloudWatchError.invalid(
        "Error in expression '" + text + "': unexpected character at position " + at);
  }
}
