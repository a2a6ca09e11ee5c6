package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import java.util.Map;

/**
 * A service that once spoke a query protocol goes on naming the codes of that time in a header:
 * clients take the code from there, so that programs written then still work.
 */
final class QueryErrors {
  private static final int SERVER_ERROR = 500;

  private QueryErrors() {}

  /** Empty for a service that never spoke it. */
  static Map<String, String> header(ServiceModel.Metadata metadata, AwsException error) {
    if (!metadata.queryCompatible()) {
      return Map.of();
    }
    String fault = error.httpStatus() < SERVER_ERROR ? "Sender" : "Receiver";
    return Map.of("x-amzn-query-error", error.code() + ";" + fault);
  }
}
