package dev.fargate.local.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Smithy's RPC v2 in CBOR: the operation in the path, bodies as JSON's trees in binary, times
 * tagged as epoch seconds. The AWS CLI and boto3 choose it where a service has it.
 */
final class CborProtocol implements WireProtocol {
  /** In the header {@code smithy-protocol} of requests and answers. */
  static final String NAME = "rpc-v2-cbor";

  /** CBOR's tag of a time as seconds since the epoch (RFC 8949, 3.4.2). */
  private static final int EPOCH_TAG = 1;

  private static final double MILLIS = 1000.0;
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

  private final ServiceModel model;
  private final JsonBody trees;

  CborProtocol(ServiceModel model) {
    this.model = model;
    this.trees = new JsonBody(model, false);
  }

  @Override
  public String operation(HttpRequest request) {
    String prefix = "/service/" + model.metadata().targetPrefix() + "/operation/";
    if (!request.path().startsWith(prefix)) {
      throw new AwsException(
          "UnknownOperationException",
          "path '" + request.path() + "' does not start with '" + prefix + "'");
    }
    return request.path().substring(prefix.length());
  }

  @Override
  public Struct decode(ServiceModel.Operation operation, HttpRequest request) {
    JsonNode body;
    try {
      body = request.body().length == 0 ? CBOR.createObjectNode() : CBOR.readTree(request.body());
    } catch (IOException e) {
      throw new AwsException("SerializationException", "the request body is not CBOR");
    }
    if (operation.input().isEmpty()) {
      return Struct.of();
    }
    return trees.structure(model.structure(operation.input().get()), body, "request");
  }

  @Override
  public HttpResponse encode(ServiceModel.Operation operation, Struct output, String requestId) {
    byte[] body =
        operation.output().isEmpty()
            ? new byte[0]
            : bytes(out -> write(out, model.structure(operation.output().get()), output));
    return response(200, body, requestId, Map.of());
  }

  @Override
  public HttpResponse encode(AwsException error, String requestId) {
    Optional<Shape.Structure> shape = model.error(error.code());
    byte[] body =
        bytes(
            out -> {
              out.writeStartObject();
              out.writeStringField("__type", shape.map(Shape.Structure::name).orElse(error.code()));
              out.writeStringField("message", error.getMessage());
              if (shape.isPresent()) {
                members(out, shape.get(), error.members());
              }
              out.writeEndObject();
            });
    return response(
        error.httpStatus(), body, requestId, QueryErrors.header(model.metadata(), error));
  }

  private static HttpResponse response(
      int status, byte[] body, String requestId, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/cbor");
    headers.put("smithy-protocol", NAME);
    headers.put("x-amzn-RequestId", requestId);
    return new HttpResponse(status, headers, body);
  }

  private void members(CBORGenerator out, Shape.Structure shape, Struct struct) throws IOException {
    for (Map.Entry<String, Object> member : struct.members().entrySet()) {
      out.writeFieldName(member.getKey());
      write(out, model.shape(shape.members().get(member.getKey()).shape()), member.getValue());
    }
  }

  private void write(CBORGenerator out, Shape shape, Object value) throws IOException {
    if (shape instanceof Shape.Structure structure) {
      out.writeStartObject();
      members(out, structure, (Struct) value);
      out.writeEndObject();
    } else if (shape instanceof Shape.ListOf list) {
      out.writeStartArray();
      for (Object item : (List<?>) value) {
        write(out, model.shape(list.member().shape()), item);
      }
      out.writeEndArray();
    } else if (shape instanceof Shape.MapOf map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.writeFieldName((String) entry.getKey());
        write(out, model.shape(map.value().shape()), entry.getValue());
      }
      out.writeEndObject();
    } else if (shape instanceof Shape.Time) {
      out.writeTag(EPOCH_TAG);
      out.writeNumber(((Instant) value).toEpochMilli() / MILLIS);
    } else {
      out.writeObject(value);
    }
  }

  private static byte[] bytes(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator out = (CBORGenerator) CBOR.getFactory().createGenerator(bytes)) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private interface Body {
    void write(CBORGenerator out) throws IOException;
  }
}
