package dev.fargate.local.kube.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a call is answered with: a complete body, or a stream of watch events. */
public sealed interface KubeResponse {

  /** The HTTP status. */
  int code();

  /**
   * A complete answer.
   *
   * @param warnings texts for {@code Warning: 299} headers, which kubectl prints
   */
  record Complete(int code, String contentType, List<String> warnings, byte[] bytes)
      implements KubeResponse {

    /** The body read back as an object; for callers without a socket. */
    public ObjectNode object() {
      return Json.readObject(bytes);
    }
  }

  /** A watch: code 200, JSON lines until the stream ends. The caller must close it. */
  record Streaming(WatchStream stream) implements KubeResponse {
    @Override
    public int code() {
      return 200;
    }
  }

  /** A JSON answer without warnings. */
  static Complete json(int code, JsonNode body) {
    return json(code, body, List.of());
  }

  /** A JSON answer. */
  static Complete json(int code, JsonNode body, List<String> warnings) {
    return new Complete(code, "application/json", List.copyOf(warnings), Json.bytes(body));
  }
}
