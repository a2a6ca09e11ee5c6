package dev.fargate.operator.aws.clients;

import dev.fargate.operator.apply.LeadershipLost;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** What every call passes: leadership for writes, a token of its bucket, and the count. */
final class CallGate implements ExecutionInterceptor {
  /** Reads by name; every other operation counts as a write. */
  private static final Pattern READ = Pattern.compile("(Describe|List|Get|Filter).*");

  private static final ExecutionAttribute<Long> STARTED =
      new ExecutionAttribute<>("dev.fargate.operator.started");

  private final String service;
  private final RequestBuckets buckets;
  private final CallListener listener;

  /**
   * @param service as in the signature of its requests, for example {@code ecs}
   */
  CallGate(String service, RequestBuckets buckets, CallListener listener) {
    this.service = service;
    this.buckets = buckets;
    this.listener = listener;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    askForLeadership(attributes);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    buckets.take(service, operation, CallScope.priority());
    attributes.putAttribute(STARTED, System.nanoTime());
  }

  /** Before each attempt: the SDK may send a failed write again half a minute after the first. */
  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    askForLeadership(attributes);
  }

  private static void askForLeadership(ExecutionAttributes attributes) {
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    if (READ.matcher(operation).matches()) {
      return;
    }
    BooleanSupplier leadership = CallScope.leadership();
    if (leadership == null) {
      throw new IllegalStateException(operation + " outside apply: only apply writes to AWS");
    }
    if (!leadership.getAsBoolean()) {
      throw new LeadershipLost();
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    tell(attributes, null);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable failure = context.exception();
    if (attributes.getAttribute(STARTED) != null) {
      tell(
          attributes,
          failure instanceof AwsServiceException error && error.awsErrorDetails() != null
              ? error.awsErrorDetails().errorCode()
              : failure.getClass().getSimpleName());
    }
  }

  private void tell(ExecutionAttributes attributes, String errorCode) {
    listener.called(
        service,
        attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
        Duration.ofNanos(System.nanoTime() - attributes.getAttribute(STARTED)),
        errorCode);
  }
}
