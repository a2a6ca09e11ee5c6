package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rest-json and rest-xml protocols: the operation is method and path; members travel in the
 * path, the query string, headers and the body, as the model says of each.
 */
final class RestProtocol implements WireProtocol {
  private final ServiceModel model;
  private final RestBody body;
  private final List<Route> routes = new ArrayList<>();

  RestProtocol(ServiceModel model, RestBody body) {
    this.model = model;
    this.body = body;
    model.operations().forEach((name, operation) -> add(name, operation.http()));
    model.otherOperations().forEach(this::add);
  }

  private void add(String operation, ServiceModel.Http http) {
    routes.add(new Route(operation, http.method(), UriTemplate.parse(http.uri())));
  }

  @Override
  public String operation(HttpRequest request) {
    String path = path(request);
    return routes.stream()
        .filter(route -> route.method().equals(request.method()))
        .filter(route -> route.uri().match(path).isPresent())
        .max(Comparator.comparingInt(route -> route.uri().literals()))
        .map(Route::operation)
        .orElseThrow(
            () ->
                new AwsException(
                    body.unknownOperation(),
                    "AWS's model of "
                        + model.metadata().signingName()
                        + " has no operation '"
                        + request.method()
                        + " "
                        + path
                        + "'",
                    404,
                    Struct.of()));
  }

  @Override
  public Struct decode(ServiceModel.Operation operation, HttpRequest request) {
    if (operation.input().isEmpty()) {
      return Struct.of();
    }
    Shape.Structure shape = model.structure(operation.input().get());
    Struct input = body.read(operation, shape.in(Shape.Location.BODY), request.body());
    labels(operation, shape.in(Shape.Location.URI), request, input);
    queryString(shape.in(Shape.Location.QUERY_STRING), request, input);
    shape
        .in(Shape.Location.HEADER)
        .members()
        .forEach(
            (name, member) ->
                request
                    .header(member.wireName(name))
                    .ifPresent(text -> input.with(name, value(member, name, text))));
    return input;
  }

  private void labels(
      ServiceModel.Operation operation, Shape.Structure shape, HttpRequest request, Struct input) {
    Map<String, String> labels =
        UriTemplate.parse(operation.http().uri()).match(path(request)).orElse(Map.of());
    shape
        .members()
        .forEach(
            (name, member) ->
                input.with(name, value(member, name, labels.get(member.wireName(name)))));
  }

  private void queryString(Shape.Structure shape, HttpRequest request, Struct input) {
    Map<String, String> names = new LinkedHashMap<>();
    shape.members().forEach((name, member) -> names.put(member.wireName(name), name));
    int start = request.path().indexOf('?');
    String text = start < 0 ? "" : request.path().substring(start + 1);
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      String key = UriTemplate.decoded(parts[0]);
      String name = names.get(key);
      if (name == null) {
        throw refused(
            "the query string has '" + key + "', which " + shape.name() + " does not have");
      }
      // Clients write a blank as %20 or as a plus sign, and a plus sign as %2B.
      String value = parts.length == 1 ? "" : UriTemplate.decoded(parts[1].replace("+", "%20"));
      Shape.Member member = shape.members().get(name);
      if (model.shape(member.shape()) instanceof Shape.ListOf list) {
        List<Object> items =
            new ArrayList<>((List<?>) input.members().getOrDefault(name, List.of()));
        items.add(value(list.member(), name, value));
        input.with(name, items);
      } else {
        input.with(name, value(member, name, value));
      }
    }
  }

  private Object value(Shape.Member member, String name, String text) {
    Shape shape = model.shape(member.shape());
    return TextValue.parse(shape, text)
        .orElseThrow(() -> refused("'" + text + "' at " + name + " is no " + shape.name()));
  }

  @Override
  public HttpResponse encode(ServiceModel.Operation operation, Struct output, String requestId) {
    Map<String, String> headers = headers(requestId);
    byte[] bytes = new byte[0];
    if (operation.output().isPresent()) {
      Shape.Structure shape = model.structure(operation.output().get());
      Struct inBody = output.copy();
      shape
          .in(Shape.Location.HEADER)
          .members()
          .forEach(
              (name, member) -> {
                if (output.has(name)) {
                  headers.put(member.wireName(name), String.valueOf(output.get(name)));
                  inBody.with(name, null);
                }
              });
      bytes = body.write(operation, shape, inBody);
    }
    return new HttpResponse(operation.http().responseCode(), headers, bytes);
  }

  @Override
  public HttpResponse encode(AwsException error, String requestId) {
    Optional<Shape.ErrorTrait> modelled = model.error(error.code()).flatMap(Shape.Structure::error);
    int status = modelled.map(Shape.ErrorTrait::httpStatus).orElse(error.httpStatus());
    Map<String, String> headers = headers(requestId);
    headers.put("x-amzn-ErrorType", error.code());
    return new HttpResponse(status, headers, body.write(error, status, requestId));
  }

  private Map<String, String> headers(String requestId) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", body.contentType());
    headers.put("x-amzn-RequestId", requestId);
    return headers;
  }

  private static String path(HttpRequest request) {
    return request.path().split("\\?", 2)[0];
  }

  private static AwsException refused(String message) {
    return new AwsException("SerializationException", message);
  }

  private record Route(String operation, String method, UriTemplate uri) {}
}
