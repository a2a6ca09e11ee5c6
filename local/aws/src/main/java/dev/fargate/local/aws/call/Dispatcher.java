package dev.fargate.local.aws.call;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.CredentialScope;
import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.HttpResponse;
import dev.fargate.local.aws.wire.LostResponse;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.ServiceCodec;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request through its stations: who calls which service, decode and validate, faults,
 * behaviour under the lock, validate and encode, record.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** How many questions' last answers are kept for stale reads. */
  private static final int ANSWERS_KEPT = 2_000;

  /** Services with a global endpoint, for which clients sign us-east-1. */
  private static final Set<String> GLOBAL = Set.of("sts", "route53");

  private final Scheduler scheduler;
  private final Consumer<Duration> pause;
  private final String region;
  private final Principals principals;
  private final Map<String, HostedService> services = new LinkedHashMap<>();
  private final Faults faults = new Faults();
  private final CallRecord record = new CallRecord();
  private final TokenBuckets buckets = new TokenBuckets();
  private final AtomicLong requests = new AtomicLong();
  private final Map<Question, Struct> lastAnswers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Struct> eldest) {
          return size() > ANSWERS_KEPT;
        }
      };

  /**
   * @param pause lets time pass without holding the lock
   * @param region the one region that is served
   */
  public Dispatcher(
      Scheduler scheduler,
      Consumer<Duration> pause,
      String region,
      Principals principals,
      List<ServiceBehaviour> behaviours) {
    this.scheduler = scheduler;
    this.pause = pause;
    this.region = region;
    this.principals = principals;
    for (ServiceBehaviour behaviour : behaviours) {
      HostedService service = HostedService.of(behaviour);
      if (services.put(behaviour.signingName(), service) != null) {
        throw new IllegalArgumentException("two behaviours for " + behaviour.signingName());
      }
    }
  }

  public Faults faults() {
    return faults;
  }

  public CallRecord record() {
    return record;
  }

  /**
   * Answers one request; an AWS error is an answer too.
   *
   * @throws LostResponse when a test asked for a lost answer
   */
  public HttpResponse handle(HttpRequest request) {
    // Counted rather than random: a run in virtual time is the same every time.
    String requestId = new UUID(0x4661726761746521L, requests.incrementAndGet()).toString();
    CredentialScope scope;
    HostedService service;
    try {
      scope = CredentialScope.of(request);
      service = service(scope).speaking(request);
    } catch (AwsException refused) {
      LOG.warn("Refused a request: {}", refused.getMessage());
      return ServiceCodec.encodePlain(request, refused, requestId);
    }
    return service.answer(requestId, () -> call(service, scope, request, requestId));
  }

  private HttpResponse call(
      HostedService service, CredentialScope scope, HttpRequest request, String requestId) {
    String operation = "?";
    String principal = scope.accessKeyId();
    Struct input = Struct.of();
    Optional<String> error = Optional.of("InternalFailure");
    try {
      operation = service.codec().operation(request);
      Caller caller = principals.caller(scope);
      principal = caller.principal();
      throttle(scope.service() + ":" + operation);
      input = service.codec().decode(operation, request);
      Struct output = intercepted(service, operation, input, caller);
      HttpResponse response = service.codec().encode(operation, output, requestId);
      error = Optional.empty();
      return response;
    } catch (AwsException e) {
      error = Optional.of(e.code());
      throw e;
    } catch (LostResponse e) {
      error = Optional.of("(lost)");
      throw e;
    } finally {
      Struct shown = service.codec().redacted(operation, input);
      record.add(new Call(scope.service(), operation, principal, scheduler.now(), error, shown));
    }
  }

  private Struct intercepted(HostedService service, String operation, Struct input, Caller caller) {
    String name = service.behaviour().signingName() + ":" + operation;
    return faults
        .interception()
        .around(name, input, asked -> invoke(service, operation, asked, caller));
  }

  private Struct invoke(HostedService service, String operation, Struct input, Caller caller) {
    String name = service.behaviour().signingName() + ":" + operation;
    List<Fault> met = faults.meeting(name, input);
    for (Fault fault : met) {
      if (fault.effect() instanceof Fault.Effect.Delay delay) {
        pause.accept(delay.by());
      } else if (fault.effect() instanceof Fault.Effect.ErrorBefore before) {
        throw before.error();
      } else if (fault.effect() instanceof Fault.Effect.LostRequest) {
        throw new LostResponse(name);
      }
    }
    return scheduler.locked(
        () -> {
          // Copied: what a behaviour returns may be live, and this leaves the lock.
          Struct output = service.behaviour().handle(operation, input, caller).deepCopy();
          return afterEffect(name, met, input, output);
        });
  }

  private Struct afterEffect(String name, List<Fault> met, Struct input, Struct output) {
    Question question = new Question(name, input);
    Struct answer = output;
    boolean stale = false;
    for (Fault fault : met) {
      if (fault.effect() instanceof Fault.Effect.ErrorAfter after) {
        throw after.error();
      } else if (fault.effect() instanceof Fault.Effect.LostAnswer) {
        throw new LostResponse(name);
      } else if (fault.effect() instanceof Fault.Effect.ChangedAnswer changed) {
        answer = changed.change().apply(input, answer);
      } else if (fault.effect() instanceof Fault.Effect.StaleAnswer) {
        stale = lastAnswers.containsKey(question);
        answer = lastAnswers.getOrDefault(question, answer);
      }
    }
    if (!stale) {
      lastAnswers.remove(question);
      lastAnswers.put(question, output);
    }
    return answer;
  }

  private void throttle(String name) {
    if (faults.throttling() && !scheduler.locked(() -> buckets.take(name, scheduler.now()))) {
      throw name.startsWith("ec2:")
          ? new AwsException("RequestLimitExceeded", "Request limit exceeded.", 503, Struct.of())
          : new AwsException("ThrottlingException", "Rate exceeded");
    }
  }

  private HostedService service(CredentialScope scope) {
    HostedService service = services.get(scope.service());
    if (service == null) {
      throw new AwsException(
          "NotImplemented",
          "The local AWS endpoint has no service '"
              + scope.service()
              + "'. It has "
              + String.join(", ", services.keySet()),
          501,
          Struct.of());
    }
    if (!scope.region().equals(region) && !GLOBAL.contains(scope.service())) {
      throw new AwsException(
          "NotImplemented",
          "The local AWS endpoint serves region "
              + region
              + "; the request is signed for "
              + scope.region()
              + ". Set the client's region",
          501,
          Struct.of());
    }
    return service;
  }

  private record Question(String call, Struct input) {}
}
