package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What rest-json and rest-xml write differently: the bodies. */
sealed interface RestBody {
  /**
   * @param shape with only the members that travel in the body
   */
  Struct read(ServiceModel.Operation operation, Shape.Structure shape, byte[] body);

  /**
   * @param struct with only the members that travel in the body
   */
  byte[] write(ServiceModel.Operation operation, Shape.Structure shape, Struct struct);

  byte[] write(AwsException error, int status, String requestId);

  String contentType();

  /** The code for a method and path that no operation has. */
  String unknownOperation();

  /** EFS, AWS Backup. */
  record Json(JsonBody json) implements RestBody {
    Json(ServiceModel model) {
      this(new JsonBody(model, true));
    }

    @Override
    public Struct read(ServiceModel.Operation operation, Shape.Structure shape, byte[] body) {
      return json.read(shape, body);
    }

    @Override
    public byte[] write(ServiceModel.Operation operation, Shape.Structure shape, Struct struct) {
      return json.write(shape, struct);
    }

    @Override
    public byte[] write(AwsException error, int status, String requestId) {
      return json.write(error, Map.of());
    }

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public String unknownOperation() {
      return "UnknownOperationException";
    }
  }

  /** Route 53. */
  record Xml(ServiceModel model, XmlReader reader, XmlWriter writer) implements RestBody {
    Xml(ServiceModel model) {
      this(model, new XmlReader(model), new XmlWriter(model, new QueryNames.AwsQuery()));
    }

    @Override
    public Struct read(ServiceModel.Operation operation, Shape.Structure shape, byte[] body) {
      return body.length == 0
          ? Struct.of()
          : reader.read(operation.inputElement().orElse(shape.name()), shape, body);
    }

    @Override
    public byte[] write(ServiceModel.Operation operation, Shape.Structure shape, Struct struct) {
      return document(operation.name() + "Response", writer.members(shape, struct));
    }

    @Override
    public byte[] write(AwsException error, int status, String requestId) {
      String members =
          model.error(error.code()).map(s -> writer.members(s, error.members())).orElse("");
      return document(
          "ErrorResponse",
          "<Error>"
              + XmlWriter.element("Type", status < 500 ? "Sender" : "Receiver")
              + XmlWriter.element("Code", error.code())
              + XmlWriter.element("Message", error.getMessage())
              + members
              + "</Error>"
              + XmlWriter.element("RequestId", requestId));
    }

    @Override
    public String contentType() {
      return "text/xml";
    }

    @Override
    public String unknownOperation() {
      return "InvalidAction";
    }

    private byte[] document(String root, String members) {
      String xml =
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s xmlns=\"%s\">%s</%s>"
              .formatted(root, model.metadata().xmlNamespace(), members, root);
      return xml.getBytes(StandardCharsets.UTF_8);
    }
  }
}
