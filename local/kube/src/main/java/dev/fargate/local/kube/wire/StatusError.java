package dev.fargate.local.kube.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A call refused with a Kubernetes {@code Status} object. */
public final class StatusError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient Subject subject;
  private final transient List<Cause> causes;
  private transient List<String> warnings = List.of();

  /**
   * What the error is about.
   *
   * @param group the API group, empty for the core group
   * @param kind the plural resource name, or the kind for validation errors, as Kubernetes does
   * @param name the object's name, may be empty
   */
  public record Subject(String group, String kind, String name) {
    static final Subject NONE = new Subject("", "", "");

    String qualified() {
      return group.isEmpty() ? kind : kind + "." + group;
    }
  }

  /** One reason among several: kubectl prints each as a bullet. */
  public record Cause(String reason, String field, String message) {}

  private StatusError(
      int code, String reason, String message, Subject subject, List<Cause> causes) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.subject = subject;
    this.causes = List.copyOf(causes);
  }

  /** An error of any code, for injected faults. */
  public static StatusError of(int code, String reason, String message) {
    return new StatusError(code, reason, message, Subject.NONE, List.of());
  }

  /** 400: the request itself is wrong. */
  public static StatusError badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  /** 403: understood, but not allowed in the present state. */
  public static StatusError forbidden(Subject subject, String why) {
    String message = subject.qualified() + " \"" + subject.name() + "\" is forbidden: " + why;
    return new StatusError(403, "Forbidden", message, subject, List.of());
  }

  /** 404: no such object. */
  public static StatusError notFound(Subject subject) {
    String message = subject.qualified() + " \"" + subject.name() + "\" not found";
    return new StatusError(404, "NotFound", message, subject, List.of());
  }

  /** 404: no such path or resource. */
  public static StatusError noSuchResource(String message) {
    return of(404, "NotFound", message);
  }

  /** 405: the resource has no such verb. */
  public static StatusError methodNotAllowed(String message) {
    return of(405, "MethodNotAllowed", message);
  }

  /** 406: none of the accepted content types can be produced. */
  public static StatusError notAcceptable(String message) {
    return of(406, "NotAcceptable", message);
  }

  /** 409: an object of that name exists. */
  public static StatusError alreadyExists(Subject subject) {
    String message = subject.qualified() + " \"" + subject.name() + "\" already exists";
    return new StatusError(409, "AlreadyExists", message, subject, List.of());
  }

  /** 409: the object has changed, or its fields belong to others. */
  public static StatusError conflict(Subject subject, String why) {
    String message =
        "Operation cannot be fulfilled on "
            + subject.qualified()
            + " \""
            + subject.name()
            + "\": "
            + why;
    return new StatusError(409, "Conflict", message, subject, List.of());
  }

  /** 409 of a server-side apply, one cause per field that another manager owns. */
  public static StatusError applyConflict(Subject subject, String message, List<Cause> causes) {
    return new StatusError(409, "Conflict", message, subject, causes);
  }

  /** 410: the resource version or continue token is too old. */
  public static StatusError expired(String message) {
    return of(410, "Expired", message);
  }

  /** 415: the body's content type cannot be read. */
  public static StatusError unsupportedMediaType(String message) {
    return of(415, "UnsupportedMediaType", message);
  }

  /** 422: the object is not valid; one cause per field. */
  public static StatusError invalid(Subject subject, List<Cause> causes) {
    List<String> texts =
        causes.stream().map(c -> c.field() + ": " + c.message()).distinct().toList();
    String joined =
        texts.size() == 1
            ? texts.get(0)
            : texts.stream().collect(Collectors.joining(", ", "[", "]"));
    String message = subject.qualified() + " \"" + subject.name() + "\" is invalid: " + joined;
    return new StatusError(422, "Invalid", message, subject, causes);
  }

  /** 500: our own fault. */
  public static StatusError internal(String message) {
    return of(500, "InternalError", message);
  }

  /** The same error, with what the client should be told beside it. */
  public StatusError withWarnings(List<String> texts) {
    warnings = List.copyOf(texts);
    return this;
  }

  /** The HTTP status code. */
  public int code() {
    return code;
  }

  /** The machine-readable reason, such as {@code NotFound}. */
  public String reason() {
    return reason;
  }

  /** The {@code v1 Status} object. */
  public ObjectNode status() {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (subject != null && subject != Subject.NONE) {
      ObjectNode details = status.putObject("details");
      putUnlessEmpty(details, "name", subject.name());
      putUnlessEmpty(details, "group", subject.group());
      putUnlessEmpty(details, "kind", subject.kind());
      if (!causes.isEmpty()) {
        ArrayNode list = details.putArray("causes");
        for (Cause cause : causes) {
          list.addObject()
              .put("reason", cause.reason())
              .put("message", cause.message())
              .put("field", cause.field());
        }
      }
    }
    return status.put("code", code);
  }

  /** The whole answer. */
  public KubeResponse.Complete response() {
    return KubeResponse.json(code, status(), warnings);
  }

  private static void putUnlessEmpty(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}
