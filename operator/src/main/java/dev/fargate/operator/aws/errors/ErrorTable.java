package dev.fargate.operator.aws.errors;

import static dev.fargate.operator.apply.Outcome.ErrorClass.CAPACITY;
import static dev.fargate.operator.apply.Outcome.ErrorClass.DENIED;
import static dev.fargate.operator.apply.Outcome.ErrorClass.INVALID;
import static dev.fargate.operator.apply.Outcome.ErrorClass.SERVER;
import static dev.fargate.operator.apply.Outcome.ErrorClass.THROTTLED;
import static dev.fargate.operator.apply.Outcome.ErrorClass.TRANSIENT;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How each AWS error is to be treated, by code <em>and</em> message: ECS's
 * InvalidParameterException, for one, covers both "never" and "in a moment" (AWS-FACTS 0.1).
 */
public final class ErrorTable {
  /**
   * @param code the code, or null for any
   * @param message part of the message in lower case, or null for any
   * @param fact where it comes from, a section of AWS-FACTS
   */
  private record Row(String code, String message, ErrorClass errorClass, String fact) {
    boolean fits(String actualCode, String actualMessage) {
      return (code == null || code.equals(actualCode))
          && (message == null || actualMessage.contains(message));
    }
  }

  private static final String PARAMETER = "InvalidParameterException";

  /** The first row that fits counts, so messages stand before bare codes. */
  private static final List<Row> ROWS =
      List.of(
          // ECS
          row(PARAMETER, "does not have an associated load balancer", TRANSIENT, "4.2"),
          row(PARAMETER, "still draining", TRANSIENT, "4.2"),
          row(PARAMETER, "unable to assume the service linked role", TRANSIENT, "4.2"),
          row(PARAMETER, "ecs service role being passed", TRANSIENT, "4.2"),
          row(PARAMETER, "cannot be stopped while deployments are active", TRANSIENT, "4.2"),
          row(null, "ecs was unable to assume the role", TRANSIENT, "4.2"),
          row("ClientException", "too many concurrent attempts", TRANSIENT, "4.2"),
          // A revision that AWS still lists and that is deregistered or gone: a later look sees it.
          row("ClientException", "taskdefinition is inactive", TRANSIENT, "4.1"),
          row("ClientException", "unable to describe task definition", TRANSIENT, "4.1"),
          row("ServiceNotActiveException", null, TRANSIENT, "4.2"),
          // Right after CreateCluster; later the planner sees that the cluster is gone.
          row("ClusterNotFoundException", null, TRANSIENT, "4.2"),
          row("ClusterContainsServicesException", null, TRANSIENT, "4.2"),
          row("ClusterContainsTasksException", null, TRANSIENT, "4.2"),
          row("ClusterContainsCapacityProviderException", null, TRANSIENT, "4.2"),
          row("UpdateInProgressException", null, TRANSIENT, "4.2"),
          row("ResourceInUseException", null, TRANSIENT, "4.2"),
          row("NamespaceNotFoundException", null, TRANSIENT, "8"),
          // Route 53: the next look shows what is there.
          row("InvalidChangeBatch", "already exists", TRANSIENT, "9"),
          row("InvalidChangeBatch", "was not found", TRANSIENT, "9"),
          row("InvalidChangeBatch", "do not match the current values", TRANSIENT, "9"),
          row("PriorRequestNotComplete", null, TRANSIENT, "9"),
          // Elastic Load Balancing
          row("ResourceInUse", null, TRANSIENT, "5, 8"),
          row("PriorityInUse", null, TRANSIENT, "6.4"),
          row("TargetGroupNotFound", null, TRANSIENT, "5"),
          row("LoadBalancerNotFound", null, TRANSIENT, "5"),
          row("ListenerNotFound", null, TRANSIENT, "5"),
          row("TooManyRules", null, CAPACITY, "6.4"),
          row("TooManyTargetGroups", null, CAPACITY, "6.4"),
          row("TooManyCertificates", null, CAPACITY, "6.4"),
          row("TooManyListeners", null, CAPACITY, "6.4"),
          row("TooManyLoadBalancers", null, CAPACITY, "6.4"),
          row("TooManyTargets", null, CAPACITY, "6.4"),
          row("TooManyUniqueTargetGroupsPerLoadBalancer", null, CAPACITY, "6.4"),
          row("TargetGroupAssociationLimit", null, CAPACITY, "6.4"),
          // EC2
          row("DependencyViolation", null, TRANSIENT, "5"),
          row(null, "has a dependent object", TRANSIENT, "4.2"),
          row("InvalidGroup.NotFound", null, TRANSIENT, "9"),
          row("SecurityGroupLimitExceeded", null, CAPACITY, "9"),
          row("RulesPerSecurityGroupLimitExceeded", null, CAPACITY, "9"),
          row("UnauthorizedOperation", null, DENIED, "9"),
          // Application Auto Scaling
          row("ValidationException", "ecs service doesn't exist", TRANSIENT, "7"),
          row("ValidationException", "unable to assume iam role", TRANSIENT, "7"),
          row("ConcurrentUpdateException", null, TRANSIENT, "7"),
          row("ObjectNotFoundException", null, TRANSIENT, "7"),
          row("FailedResourceAccessException", null, TRANSIENT, "7"),
          // Cloud Map
          row("DuplicateRequest", null, TRANSIENT, "8"),
          row("NamespaceNotFound", null, TRANSIENT, "8"),
          row("ServiceNotFound", null, TRANSIENT, "8"),
          row("ResourceLimitExceeded", null, CAPACITY, "8"),
          // EFS
          row("FileSystemInUse", null, TRANSIENT, "5"),
          row("IncorrectFileSystemLifeCycleState", null, TRANSIENT, "9"),
          row("IncorrectMountTargetState", null, TRANSIENT, "9"),
          row("DependencyTimeout", null, TRANSIENT, "9"),
          row("FileSystemNotFound", null, TRANSIENT, "9"),
          row("AccessPointNotFound", null, TRANSIENT, "9"),
          row("FileSystemLimitExceeded", null, CAPACITY, "9"),
          row("AccessPointLimitExceeded", null, CAPACITY, "9"),
          row("NetworkInterfaceLimitExceeded", null, CAPACITY, "9"),
          row("NoFreeAddressesInSubnet", null, CAPACITY, "9"),
          row("InsufficientThroughputCapacity", null, CAPACITY, "9"),
          row("TooManyRequests", null, THROTTLED, "9"),
          // AWS Backup
          row("InvalidRequestException", "contains recovery points", TRANSIENT, "5"),
          row("InvalidRequestException", "selections must be deleted", TRANSIENT, "5"),
          row("InvalidResourceStateException", null, TRANSIENT, "5"),
          // CloudWatch Logs and Secrets Manager
          row("OperationAbortedException", null, TRANSIENT, "9"),
          row("InvalidRequestException", "scheduled for deletion", TRANSIENT, "9"),
          // Of every service
          row("LimitExceededException", null, CAPACITY, "7, 9"),
          row("LimitExceeded", null, CAPACITY, "9"),
          row("ThrottlingException", null, THROTTLED, "10"),
          row("Throttling", null, THROTTLED, "1"),
          row("ThrottledException", null, THROTTLED, "1"),
          row("RequestThrottledException", null, THROTTLED, "1"),
          row("ProvisionedThroughputExceededException", null, THROTTLED, "1"),
          row("RequestLimitExceeded", null, THROTTLED, "1, 9"),
          row("TooManyRequestsException", null, THROTTLED, "1"),
          row("PriorRequestNotComplete", null, THROTTLED, "9"),
          row("AccessDeniedException", null, DENIED, "4.2"),
          row("AccessDenied", null, DENIED, "4.2"),
          row("ExpiredToken", null, DENIED, "12"),
          row("ExpiredTokenException", null, DENIED, "12"),
          row("UnrecognizedClientException", null, DENIED, "12"),
          row("InvalidClientTokenId", null, DENIED, "12"),
          row("SignatureDoesNotMatch", null, DENIED, "12"),
          row("ServerException", null, SERVER, "4.2"),
          row("InternalFailure", null, SERVER, "1"),
          row("InternalServerError", null, SERVER, "1"),
          row("InternalServiceError", null, SERVER, "9"),
          row("InternalServiceException", null, SERVER, "7"),
          row("ServiceUnavailableException", null, SERVER, "1"),
          row("ServiceUnavailable", null, SERVER, "1"));

  /** The call never got an answer. */
  private static final String NO_ANSWER = "NoAnswer";

  /** The SDK found no credentials, or could not use them: no message of AWS, so by its text. */
  private static final Pattern NO_CREDENTIALS =
      Pattern.compile("unable to load credentials|credential", Pattern.CASE_INSENSITIVE);

  private ErrorTable() {}

  /** The failure as the executor wants it: class, code, message and AWS's request id. */
  public static AwsFailure classify(SdkException failure) {
    if (failure instanceof AwsServiceException answered && answered.awsErrorDetails() != null) {
      String code = codeOf(answered);
      String message = messageOf(answered);
      return new AwsFailure(
          classify(code, message, answered.statusCode()),
          code,
          message,
          answered.requestId(),
          failure);
    }
    boolean credentials = NO_CREDENTIALS.matcher(String.valueOf(failure.getMessage())).find();
    return new AwsFailure(
        credentials ? DENIED : SERVER,
        credentials ? "NoCredentials" : NO_ANSWER,
        String.valueOf(failure.getMessage()),
        null,
        failure);
  }

  /** A proxy, or a server that fell over, answers without AWS's own code. */
  private static String codeOf(AwsServiceException answered) {
    String code = answered.awsErrorDetails().errorCode();
    return code == null ? "HTTP " + answered.statusCode() : code;
  }

  private static String messageOf(AwsServiceException answered) {
    String message = answered.awsErrorDetails().errorMessage();
    return message == null ? "the answer says no more" : message;
  }

  /**
   * @param status the HTTP status: decides for a code that the table does not know
   */
  static ErrorClass classify(String code, String message, int status) {
    String text = message.toLowerCase(Locale.ROOT);
    for (Row row : ROWS) {
      if (row.fits(code, text)) {
        return row.errorClass();
      }
    }
    if (status == 429) {
      return THROTTLED;
    } else if (status >= 500) {
      return SERVER;
    }
    return status == 401 || status == 403 ? DENIED : INVALID;
  }

  /** Whether nobody can say if the call took effect: it was sent, and no clean answer came. */
  public static boolean outcomeUnknown(SdkException failure) {
    return !(failure instanceof AwsServiceException answered) || answered.statusCode() >= 500;
  }

  private static Row row(String code, String message, ErrorClass errorClass, String fact) {
    return new Row(code, message, errorClass, fact);
  }
}
