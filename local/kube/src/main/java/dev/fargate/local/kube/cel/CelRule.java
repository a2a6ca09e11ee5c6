package dev.fargate.local.kube.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.fargate.local.kube.schema.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One rule of {@code x-kubernetes-validations}, compiled. */
public final class CelRule {
  private static final CelOptions OPTIONS = CelOptions.current().build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.strings(), CelExtensions.optional())
          .build();
  private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

  private final Schema schema;
  private final JsonNode source;
  private final CelRuntime.Program rule;
  private final Optional<CelRuntime.Program> message;

  private CelRule(
      Schema schema,
      JsonNode source,
      CelRuntime.Program rule,
      Optional<CelRuntime.Program> message) {
    this.schema = schema;
    this.source = source;
    this.rule = rule;
    this.message = message;
  }

  /** What to compile rules of one schema node with. */
  static CelCompiler compiler(Schema schema) {
    CelTypes types = new CelTypes();
    CelType self = types.of(schema, "self.type");
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setTypeProvider(types)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addLibraries(CelExtensions.strings(), CelExtensions.optional())
        .addVar("self", self)
        .addVar("oldSelf", self)
        .build();
  }

  /**
   * Compiles one rule.
   *
   * @throws CelRefused when a real server would not compile it, or this one cannot
   */
  static CelRule compile(CelCompiler compiler, Schema schema, JsonNode source) throws CelRefused {
    if (source.path("optionalOldSelf").asBoolean(false)) {
      throw new CelRefused(
          "optionalOldSelf", "optionalOldSelf is not supported by this local server");
    }
    CelRuntime.Program rule =
        program(compiler, "rule", source.path("rule").asText(""), SimpleType.BOOL);
    String expression = source.path("messageExpression").asText("");
    Optional<CelRuntime.Program> message =
        expression.isEmpty()
            ? Optional.empty()
            : Optional.of(program(compiler, "messageExpression", expression, SimpleType.STRING));
    return new CelRule(schema, source, rule, message);
  }

  private static CelRuntime.Program program(
      CelCompiler compiler, String field, String text, CelType wanted) throws CelRefused {
    CelValidationResult result = compiler.compile(text);
    try {
      CelType type = result.getAst().getResultType();
      if (!type.equals(wanted)) {
        throw new CelRefused(
            field,
            "must evaluate to a " + wanted.name() + ", but is a " + type.name() + ": " + text);
      }
      return RUNTIME.createProgram(result.getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new CelRefused(field, "compilation failed: " + e.getMessage());
    }
  }

  /** Whether it compares with the state before, and so holds only for updates. */
  public boolean transition() {
    return OLD_SELF.matcher(source.path("rule").asText()).find();
  }

  /**
   * What is said about a value, empty when the rule holds. A rule that cannot be evaluated does not
   * hold.
   */
  Optional<String> refusal(JsonNode value, JsonNode old) {
    Map<String, Object> variables = new HashMap<>();
    try {
      variables.put("self", CelValues.of(schema, value));
      if (old != null) {
        variables.put("oldSelf", CelValues.of(schema, old));
      }
      return Boolean.TRUE.equals(rule.eval(variables))
          ? Optional.empty()
          : Optional.of(message(variables));
    } catch (CelEvaluationException | IllegalArgumentException e) {
      return Optional.of(
          "rule could not be evaluated: " + e.getMessage() + " evaluating rule: " + text());
    }
  }

  private String message(Map<String, Object> variables) {
    if (message.isPresent()) {
      try {
        String text = String.valueOf(message.get().eval(variables)).trim();
        if (!text.isEmpty() && !text.contains("\n")) {
          return text;
        }
      } catch (CelEvaluationException e) {
        // A real server falls back to the fixed message, and so do we.
        return fixedMessage();
      }
    }
    return fixedMessage();
  }

  private String fixedMessage() {
    String given = source.path("message").asText("").trim();
    return given.isEmpty() ? "failed rule: " + text() : given;
  }

  private String text() {
    return source.path("rule").asText().trim();
  }

  /** The machine-readable reason for a cause. */
  String reason() {
    return source.path("reason").asText("FieldValueInvalid");
  }

  /**
   * Where the error is shown, relative to the rule's place: {@code .name}; empty for the place
   * itself.
   */
  String fieldPath() {
    return source.path("fieldPath").asText("");
  }
}
