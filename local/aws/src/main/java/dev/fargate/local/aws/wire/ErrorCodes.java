package dev.fargate.local.aws.wire;

import java.util.Map;
import java.util.Set;

/** How services name the errors that their models do not list. */
final class ErrorCodes {
  private static final Map<String, String> VALIDATION =
      Map.of(
          "ecs", "InvalidParameterException",
          "elasticloadbalancing", "ValidationError",
          "application-autoscaling", "ValidationException",
          "servicediscovery", "InvalidInput",
          "logs", "InvalidParameterException",
          "secretsmanager", "ValidationException",
          "ec2", "InvalidParameterValue",
          "sts", "ValidationError");

  /** Codes that any AWS service may answer, modelled or not. */
  private static final Set<String> COMMON =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InternalFailure",
          "InvalidAction",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "NotImplemented",
          "RequestLimitExceeded",
          "SerializationException",
          "ServiceUnavailable",
          "Throttling",
          "ThrottlingException",
          "UnknownOperationException",
          "UnrecognizedClientException",
          "ValidationError",
          "ValidationException");

  private ErrorCodes() {}

  /** The code for a request that breaks a constraint of the model. */
  static String validation(String signingName) {
    return VALIDATION.getOrDefault(signingName, "ValidationException");
  }

  static boolean isCommon(String code) {
    return COMMON.contains(code);
  }
}
