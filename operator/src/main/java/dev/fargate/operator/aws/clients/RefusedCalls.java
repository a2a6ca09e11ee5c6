package dev.fargate.operator.aws.clients;

import dev.fargate.operator.apply.Lacking;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Remembers which calls AWS has refused lately for want of a right or a service-linked role. Asking
 * IAM instead would need rights of its own, and would not know of organisation policies.
 */
final class RefusedCalls {
  /**
   * Three times as long as a pass waits before it tries a refused call again (Periods.SLOW): what
   * is still refused is heard of before it is forgotten.
   */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  /** How services say it; expired or wrong credentials have codes of their own. */
  private static final Set<String> CODES =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");

  /** "User: ... is not authorized to perform: ecs:CreateService on resource: arn:... because". */
  private static final Pattern ACTION =
      Pattern.compile(
          "not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)(?: on resource: \"?([^\\s\",]+))?");

  private static final String MAKE_LINKED_ROLE = "iam:CreateServiceLinkedRole";

  /** The path of a service-linked role has its service's principal. */
  private static final Pattern LINKED_ROLE = Pattern.compile("/aws-service-role/([a-z0-9.-]+)/");

  /** ECS, when its own role is not there (AWS-FACTS 4.2). */
  private static final String NO_ROLE_OF_ECS = "unable to assume the service linked role";

  /** Application Auto Scaling, likewise (AWS-FACTS 7). */
  private static final String NO_ROLE_OF_SCALING = "unable to assume iam role";

  private final Clock clock;
  private final Map<Refused, Instant> latest = new ConcurrentHashMap<>();

  private record Refused(String service, String operation, Lacking lacking) {
    /** Another call of the operation says nothing about this resource. */
    boolean ofOneResource() {
      return lacking instanceof Lacking.Right right
          && right.resource() != null
          && !right.resource().equals("*");
    }
  }

  RefusedCalls(Clock clock) {
    this.clock = clock;
  }

  /** What was refused and has not succeeded since; sorted, each once. */
  List<Lacking> lacking() {
    Instant since = clock.instant().minus(REMEMBERED);
    latest.values().removeIf(time -> time.isBefore(since));
    return latest.keySet().stream()
        .map(Refused::lacking)
        .distinct()
        .sorted(Comparator.comparing(Lacking::toString))
        .toList();
  }

  /**
   * @param service as in the signature of its requests
   */
  ExecutionInterceptor of(String service) {
    return new ExecutionInterceptor() {
      @Override
      public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        latest
            .keySet()
            .removeIf(
                refused ->
                    refused.service().equals(service)
                        && refused.operation().equals(operation)
                        && !refused.ofOneResource());
      }

      @Override
      public void onExecutionFailure(
          Context.FailedExecution context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        if (context.exception() instanceof AwsServiceException refusal) {
          told(service, operation, refusal)
              .ifPresent(
                  lacking -> latest.put(new Refused(service, operation, lacking), clock.instant()));
        }
      }
    };
  }

  private static Optional<Lacking> told(
      String service, String operation, AwsServiceException refusal) {
    // What a proxy answers in AWS's place has no code: that is no refusal of AWS's.
    if (refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null) {
      return Optional.empty();
    }
    String message = String.valueOf(refusal.awsErrorDetails().errorMessage());
    Matcher action = ACTION.matcher(message);
    boolean named = action.find();
    if (named && action.group(1).equals(MAKE_LINKED_ROLE)) {
      Matcher role = LINKED_ROLE.matcher(message);
      if (role.find()) {
        return Optional.of(new Lacking.ServiceLinkedRole(role.group(1)));
      }
    }
    if (CODES.contains(refusal.awsErrorDetails().errorCode())) {
      return Optional.of(
          named
              ? new Lacking.Right(action.group(1), action.group(2))
              : new Lacking.Right(prefix(service) + ":" + operation, null));
    }
    String words = message.toLowerCase(Locale.ROOT);
    if (words.contains(NO_ROLE_OF_ECS)) {
      return Optional.of(new Lacking.ServiceLinkedRole("ecs.amazonaws.com"));
    }
    return words.contains(NO_ROLE_OF_SCALING)
        ? Optional.of(new Lacking.ServiceLinkedRole("ecs.application-autoscaling.amazonaws.com"))
        : Optional.empty();
  }

  /** CloudWatch signs with another name than its actions have. */
  private static String prefix(String service) {
    return service.equals("monitoring") ? "cloudwatch" : service;
  }
}
