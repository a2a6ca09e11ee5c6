package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The awsJson 1.0 and 1.1 protocols: operation in {@code X-Amz-Target}, everything else in a JSON
 * body.
 */
final class JsonProtocol implements WireProtocol {
  private final ServiceModel model;
  private final JsonBody json;

  JsonProtocol(ServiceModel model) {
    this.model = model;
    this.json = new JsonBody(model, false);
  }

  @Override
  public String operation(HttpRequest request) {
    String prefix = model.metadata().targetPrefix() + ".";
    String target =
        request
            .header("X-Amz-Target")
            .orElseThrow(
                () ->
                    new AwsException(
                        "UnknownOperationException",
                        model.metadata().signingName()
                            + " speaks awsJson: header X-Amz-Target is missing"));
    if (!target.startsWith(prefix)) {
      throw new AwsException(
          "UnknownOperationException",
          "X-Amz-Target '" + target + "' does not start with '" + prefix + "'");
    }
    return target.substring(prefix.length());
  }

  @Override
  public Struct decode(ServiceModel.Operation operation, HttpRequest request) {
    return operation
        .input()
        .map(shape -> json.read(model.structure(shape), request.body()))
        .orElseGet(Struct::of);
  }

  @Override
  public HttpResponse encode(ServiceModel.Operation operation, Struct output, String requestId) {
    byte[] body =
        operation
            .output()
            .map(shape -> json.write(model.structure(shape), output))
            .orElseGet(() -> new byte[0]);
    return response(200, body, requestId);
  }

  @Override
  public HttpResponse encode(AwsException error, String requestId) {
    // The shape's name, where a query protocol had another code for it.
    String type = model.error(error.code()).map(Shape.Structure::name).orElse(error.code());
    byte[] body = json.write(error, Map.of("__type", type));
    return response(
        error.httpStatus(), body, requestId, QueryErrors.header(model.metadata(), error));
  }

  private HttpResponse response(int status, byte[] body, String requestId) {
    return response(status, body, requestId, Map.of());
  }

  private HttpResponse response(
      int status, byte[] body, String requestId, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/x-amz-json-" + model.metadata().jsonVersion());
    headers.put("x-amzn-RequestId", requestId);
    return new HttpResponse(status, headers, body);
  }
}
