package dev.fargate.local.aws.wire;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How services name the errors that their models do not list. */
final class ErrorCodes {
  private static final Map<String, String> VALIDATION =
      Map.ofEntries(
          Map.entry("ecs", "InvalidParameterException"),
          Map.entry("elasticloadbalancing", "ValidationError"),
          Map.entry("application-autoscaling", "ValidationException"),
          Map.entry("servicediscovery", "InvalidInput"),
          Map.entry("logs", "InvalidParameterException"),
          Map.entry("secretsmanager", "ValidationException"),
          Map.entry("ssm", "ValidationException"),
          Map.entry("ec2", "InvalidParameterValue"),
          Map.entry("sts", "ValidationError"),
          Map.entry("monitoring", "ValidationError"),
          Map.entry("sns", "InvalidParameter"),
          Map.entry("sqs", "InvalidParameterValue"),
          // UNVERIFIED: which of its codes each of these two answers to a broken pattern.
          Map.entry("backup", "InvalidParameterValueException"),
          Map.entry("route53", "InvalidInput"));

  private static final Map<String, String> MISSING =
      Map.of("ec2", "MissingParameter", "backup", "MissingParameterValueException");

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
          "InvalidParameterValue",
          "InvalidSignatureException",
          "MalformedInput",
          "MalformedQueryString",
          "MissingAction",
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

  /** The code for an absent member where the service has one for that alone. */
  static Optional<String> missing(String signingName) {
    return Optional.ofNullable(MISSING.get(signingName));
  }

  static boolean isCommon(String code) {
    return COMMON.contains(code);
  }
}
