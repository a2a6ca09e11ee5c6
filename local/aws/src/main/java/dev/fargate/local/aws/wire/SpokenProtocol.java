package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.ServiceModel.Protocol;
import java.util.EnumSet;
import java.util.Set;

/** Tells by its headers which protocol a request is written in. */
final class SpokenProtocol {
  private SpokenProtocol() {}

  /**
   * @throws AwsException when it is none that the service speaks
   */
  static Protocol of(HttpRequest request, ServiceModel.Metadata metadata) {
    Set<Protocol> spoken = EnumSet.of(metadata.protocol());
    spoken.addAll(metadata.others());
    String smithy = request.header("smithy-protocol").orElse("");
    String type = request.header("Content-Type").orElse("");
    Protocol found = null;
    if (smithy.equals(CborProtocol.NAME)) {
      found = Protocol.CBOR;
    } else if (smithy.isEmpty() && request.header("X-Amz-Target").isPresent()) {
      found = Protocol.JSON;
    } else if (smithy.isEmpty() && type.startsWith("application/x-www-form-urlencoded")) {
      found = Protocol.QUERY;
    }
    if (found == null || !spoken.contains(found)) {
      throw new AwsException(
          "UnknownOperationException",
          metadata.signingName()
              + " speaks "
              + spoken
              + "; this request is none of them (smithy-protocol '"
              + smithy
              + "', Content-Type '"
              + type
              + "')");
    }
    return found;
  }
}
