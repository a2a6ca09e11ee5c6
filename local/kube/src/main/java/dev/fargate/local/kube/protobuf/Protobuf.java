package dev.fargate.local.kube.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.StatusError;

/** The protobuf bodies that kubectl's create commands send. */
public final class Protobuf {
  /** Their content type. */
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  private Protobuf() {}

  /**
   * Decodes a body.
   *
   * @throws StatusError 415 for a kind that is not decoded
   */
  public static ObjectNode read(byte[] body) {
    throw StatusError.unsupportedMediaType("protobuf is not read yet: send JSON");
  }
}
