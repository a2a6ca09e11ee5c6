package dev.fargate.local.kube.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.StatusError;
import java.util.Arrays;
import java.util.Map;

/** The protobuf bodies that kubectl's create commands and Helm send. */
public final class Protobuf {
  /** Their content type. */
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final MessageType TYPE_META =
      new MessageType(
          "TypeMeta",
          Map.of(
              1, MessageType.Field.of("apiVersion", MessageType.Plain.TEXT),
              2, MessageType.Field.of("kind", MessageType.Plain.TEXT)));
  private static final int FIELD_TYPE = 1;
  private static final int FIELD_RAW = 2;

  private Protobuf() {}

  /**
   * Decodes a body: four magic bytes, then an envelope with the type and the object's own bytes.
   *
   * @throws StatusError 400 when it cannot be read, 415 for a kind or a field that is not decoded
   *     here
   */
  public static ObjectNode read(byte[] body) {
    if (body.length < MAGIC.length
        || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw StatusError.badRequest(
          "the body is said to be protobuf, but does not begin with k8s\\0");
    }
    ObjectNode type = TYPE_META.decode(new byte[0]);
    byte[] raw = {};
    WireReader envelope = new WireReader(Arrays.copyOfRange(body, MAGIC.length, body.length));
    while (envelope.hasNext()) {
      WireReader.Field field = envelope.next();
      if (field.number() == FIELD_TYPE) {
        type = TYPE_META.decode(field.bytes());
      } else if (field.number() == FIELD_RAW) {
        raw = field.bytes();
      }
    }
    String id = type.path("apiVersion").asText() + "/" + type.path("kind").asText();
    MessageType message =
        type.path("kind").asText().equals("DeleteOptions")
            ? Messages.DELETE_OPTIONS
            : Messages.BY_KIND.get(id);
    if (message == null) {
      throw StatusError.unsupportedMediaType(
          "protobuf is read only for "
              + Messages.BY_KIND.keySet().stream().sorted().toList()
              + ", not for "
              + id
              + ": send JSON, for instance by kubectl apply");
    }
    ObjectNode object = message.decode(raw);
    object.setAll(type);
    return object;
  }
}
