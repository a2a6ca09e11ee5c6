package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The awsQuery and ec2Query protocols: form-encoded requests with {@code Action} and {@code
 * Version}, XML responses.
 */
final class QueryProtocol implements WireProtocol {
  private final ServiceModel model;
  private final QueryNames names;
  private final QueryReader reader;
  private final XmlWriter writer;

  QueryProtocol(ServiceModel model, QueryNames names) {
    this.model = model;
    this.names = names;
    this.reader = new QueryReader(model, names);
    this.writer = new XmlWriter(model, names);
  }

  @Override
  public String operation(HttpRequest request) {
    QueryParameters parameters = QueryParameters.parse(request.body());
    QueryParameters action = parameters.child("Action");
    if (action == null || action.value() == null) {
      throw new AwsException(
          "MissingAction",
          model.metadata().signingName() + " speaks a query protocol: parameter Action is missing");
    }
    QueryParameters version = parameters.child("Version");
    String expected = model.metadata().apiVersion();
    if (version == null || !expected.equals(version.value())) {
      throw new AwsException(
          "InvalidAction",
          "Could not find operation "
              + action.value()
              + " for version "
              + (version == null ? "(none)" : version.value())
              + "; this endpoint speaks version "
              + expected);
    }
    return action.value();
  }

  @Override
  public Struct decode(ServiceModel.Operation operation, HttpRequest request) {
    QueryParameters parameters = QueryParameters.parse(request.body());
    parameters.children().remove("Action");
    parameters.children().remove("Version");
    if (operation.input().isEmpty()) {
      return Struct.of();
    }
    return reader.structure(model.structure(operation.input().get()), parameters, "");
  }

  @Override
  public HttpResponse encode(ServiceModel.Operation operation, Struct output, String requestId) {
    StringBuilder xml = new StringBuilder();
    String root = operation.name() + "Response";
    xml.append('<').append(root).append(" xmlns=\"");
    xml.append(model.metadata().xmlNamespace()).append("\">");
    String members =
        operation.output().map(o -> writer.members(model.structure(o), output)).orElse("");
    if (names instanceof QueryNames.Ec2) {
      xml.append(XmlWriter.element("requestId", requestId));
      xml.append(operation.output().isEmpty() ? XmlWriter.element("return", "true") : members);
    } else {
      String wrapper = operation.resultWrapper().orElse(operation.name() + "Result");
      xml.append('<').append(wrapper).append('>').append(members);
      xml.append("</").append(wrapper).append('>');
      xml.append("<ResponseMetadata>").append(XmlWriter.element("RequestId", requestId));
      xml.append("</ResponseMetadata>");
    }
    return response(200, xml.append("</").append(root).append('>'), requestId);
  }

  @Override
  public HttpResponse encode(AwsException error, String requestId) {
    String code = XmlWriter.element("Code", error.code());
    String message = XmlWriter.element("Message", error.getMessage());
    StringBuilder xml = new StringBuilder();
    if (names instanceof QueryNames.Ec2) {
      xml.append("<Response><Errors><Error>").append(code).append(message);
      xml.append("</Error></Errors>").append(XmlWriter.element("RequestID", requestId));
      xml.append("</Response>");
    } else {
      xml.append("<ErrorResponse xmlns=\"").append(model.metadata().xmlNamespace());
      xml.append("\"><Error>");
      xml.append(XmlWriter.element("Type", error.httpStatus() < 500 ? "Sender" : "Receiver"));
      xml.append(code).append(message);
      model.error(error.code()).ifPresent(s -> xml.append(writer.members(s, error.members())));
      xml.append("</Error>").append(XmlWriter.element("RequestId", requestId));
      xml.append("</ErrorResponse>");
    }
    return response(error.httpStatus(), xml, requestId);
  }

  private static HttpResponse response(int status, CharSequence xml, String requestId) {
    return new HttpResponse(
        status,
        Map.of("Content-Type", "text/xml;charset=UTF-8", "x-amzn-RequestId", requestId),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml).getBytes(StandardCharsets.UTF_8));
  }
}
