package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decodes and validates the requests of one AWS service and validates and encodes its responses,
 * all by AWS's model.
 */
public final class ServiceCodec {
  private final ServiceModel model;
  private final ServiceModel.Protocol spoken;
  private final WireProtocol protocol;

  private ServiceCodec(ServiceModel model, ServiceModel.Protocol spoken) {
    this.model = model;
    this.spoken = spoken;
    this.protocol = WireProtocol.of(model, spoken);
  }

  /**
   * @param signingName the service as named in a signature's credential scope
   */
  public static ServiceCodec load(String signingName) {
    ServiceModel model = ServiceModel.load(signingName);
    return new ServiceCodec(model, model.metadata().protocol());
  }

  /**
   * The codec for this request, of a service that speaks several protocols: which one a client uses
   * is its own choice.
   *
   * @throws AwsException when the request is of none of them
   */
  public ServiceCodec speaking(HttpRequest request) {
    if (model.metadata().others().isEmpty()) {
      return this;
    }
    ServiceModel.Protocol wanted = SpokenProtocol.of(request, model.metadata());
    return wanted == spoken ? this : new ServiceCodec(model, wanted);
  }

  /** The operations of the packaged model. */
  public Set<String> operations() {
    return model.operations().keySet();
  }

  /** The operation a request names, known or not. */
  public String operation(HttpRequest request) {
    return protocol.operation(request);
  }

  /**
   * The validated input.
   *
   * @throws AwsException the error AWS would answer to a request that breaks its model;
   *     NotImplemented (501) for what AWS has and this endpoint has not
   */
  public Struct decode(String operation, HttpRequest request) {
    ServiceModel.Operation modelled = operation(operation);
    Struct input = protocol.decode(modelled, request);
    if (modelled.input().isPresent()) {
      List<Constraints.Violation> violations =
          Constraints.check(model, modelled.input().get(), input);
      if (!violations.isEmpty()) {
        throw refusal(violations);
      }
    }
    return input;
  }

  /**
   * @throws IllegalStateException when the output does not fit the model: a fault of the endpoint
   */
  public HttpResponse encode(String operation, Struct output, String requestId) {
    ServiceModel.Operation modelled = operation(operation);
    modelled.output().ifPresent(shape -> checkAnswer(operation, shape, output));
    if (modelled.output().isEmpty() && !output.members().isEmpty()) {
      throw new IllegalStateException(
          operation + " returns nothing, but was given " + output.members().keySet());
    }
    return protocol.encode(modelled, output, requestId);
  }

  /**
   * @throws IllegalStateException when the service's model has no such error: a fault of the
   *     endpoint
   */
  public HttpResponse encode(AwsException error, String requestId) {
    boolean listsErrors = model.metadata().protocol() != ServiceModel.Protocol.EC2;
    Shape.Structure shape = model.error(error.code()).orElse(null);
    if (listsErrors && shape == null && !ErrorCodes.isCommon(error.code())) {
      throw new IllegalStateException(
          model.metadata().signingName()
              + " has no error "
              + error.code()
              + " ("
              + error.getMessage()
              + ")");
    }
    if (shape != null) {
      checkAnswer(error.code(), shape.name(), error.members());
    }
    return protocol.encode(error, requestId);
  }

  /** The input with every value that the model calls sensitive replaced. */
  public Struct redacted(String operation, Struct input) {
    ServiceModel.Operation modelled = model.operations().get(operation);
    if (modelled == null || modelled.input().isEmpty()) {
      return input;
    }
    return (Struct) redacted(model.shape(modelled.input().get()), input);
  }

  /** An error answer where no service is known: XML for form requests, else JSON. */
  public static HttpResponse encodePlain(
      HttpRequest request, AwsException error, String requestId) {
    boolean form =
        request
            .header("Content-Type")
            .map(type -> type.startsWith("application/x-www-form-urlencoded"))
            .orElse(false);
    String json =
        "{\"__type\":\"%s\",\"message\":\"%s\"}\n"
            .formatted(
                error.code(), error.getMessage().replace("\\", "\\\\").replace("\"", "\\\""));
    String xml =
        "<ErrorResponse><Error>"
            + XmlWriter.element("Code", error.code())
            + XmlWriter.element("Message", error.getMessage())
            + "</Error></ErrorResponse>";
    return new HttpResponse(
        error.httpStatus(),
        Map.of(
            "Content-Type",
            form ? "text/xml" : "application/x-amz-json-1.1",
            "x-amzn-RequestId",
            requestId),
        (form ? xml : json).getBytes(StandardCharsets.UTF_8));
  }

  private ServiceModel.Operation operation(String name) {
    ServiceModel.Operation operation = model.operations().get(name);
    if (operation != null) {
      return operation;
    }
    String service = model.metadata().signingName();
    if (model.otherOperations().containsKey(name)) {
      throw new AwsException(
          "NotImplemented",
          "The local AWS endpoint does not support "
              + service
              + ":"
              + name
              + ". It supports "
              + String.join(", ", new TreeSet<>(operations())),
          501,
          Struct.of());
    }
    boolean json = spoken == ServiceModel.Protocol.JSON || spoken == ServiceModel.Protocol.CBOR;
    throw new AwsException(
        json ? "UnknownOperationException" : "InvalidAction",
        "AWS's model of " + service + " has no operation '" + name + "'");
  }

  private AwsException refusal(List<Constraints.Violation> violations) {
    Optional<String> missing = ErrorCodes.missing(model.metadata().signingName());
    if (missing.isPresent()) {
      for (Constraints.Violation violation : violations) {
        if (violation.missing()) {
          return new AwsException(
              missing.get(), "The request must contain the parameter " + violation.path());
        }
      }
    }
    return new AwsException(
        ErrorCodes.validation(model.metadata().signingName()), Constraints.sentence(violations));
  }

  private void checkAnswer(String what, String shape, Struct answer) {
    List<Constraints.Violation> violations = Constraints.checkAnswer(model, shape, answer);
    if (!violations.isEmpty()) {
      throw new IllegalStateException(
          "the answer of " + what + " breaks AWS's model: " + Constraints.sentence(violations));
    }
  }

  private Object redacted(Shape shape, Object value) {
    if (shape.sensitive()) {
      return "***";
    }
    if (shape instanceof Shape.Structure structure) {
      Struct copy = Struct.of();
      ((Struct) value)
          .members()
          .forEach(
              (name, member) ->
                  copy.with(
                      name, redacted(model.shape(structure.members().get(name).shape()), member)));
      return copy;
    }
    if (shape instanceof Shape.ListOf list) {
      Shape item = model.shape(list.member().shape());
      return ((List<?>) value).stream().map(member -> redacted(item, member)).toList();
    }
    if (shape instanceof Shape.MapOf map) {
      Shape item = model.shape(map.value().shape());
      Map<String, Object> copy = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> copy.put((String) k, redacted(item, v)));
      return copy;
    }
    return value;
  }
}
