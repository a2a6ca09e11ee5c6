package dev.fargate.local.aws.call;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Faults a test asks for, for example {@code faults.on("ecs:CreateService").times(1)
 * .loseResponse()}. Several may meet one call; they act in the order of asking. Nothing fails
 * unless asked for.
 */
public final class Faults {
  private static final Pattern NAME = Pattern.compile("\\*|[a-z0-9-]+:(\\*|[A-Za-z]+)");

  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private volatile boolean throttling;
  private volatile Interception interception = (call, input, proceed) -> proceed.apply(input);

  /**
   * Starts a fault for these calls; without more, every one of them.
   *
   * @param call {@code service:Operation} with the service as in the signature ({@code
   *     elasticloadbalancing:CreateRule}), {@code service:*} or {@code *}
   */
  public On on(String call) {
    if (!NAME.matcher(call).matches()) {
      throw new IllegalArgumentException(
          "'" + call + "' is not service:Operation, service:* or *, e.g. ecs:CreateService");
    }
    return new On(new Fault.Trigger(call, input -> true, 0, Integer.MAX_VALUE));
  }

  /** Throttles as AWS does, by its published token buckets (AWS-FACTS 10). Off at first. */
  public void throttleAsAws(boolean on) {
    throttling = on;
  }

  boolean throttling() {
    return throttling;
  }

  /** Puts a test in the way of every call, around all other faults; one at a time. */
  public void intercept(Interception interception) {
    this.interception = interception;
  }

  Interception interception() {
    return interception;
  }

  /** Ends all faults, throttling too. */
  public void clear() {
    faults.clear();
    throttling = false;
  }

  List<Fault> meeting(String call, Struct input) {
    return faults.stream().filter(fault -> fault.meets(call, input)).toList();
  }

  /** A fault being described. */
  public final class On {
    private final Fault.Trigger trigger;

    private On(Fault.Trigger trigger) {
      this.trigger = trigger;
    }

    /** Only this many calls. */
    public On times(int times) {
      return new On(new Fault.Trigger(trigger.name(), trigger.input(), trigger.skip(), times));
    }

    /** Lets this many calls pass first. */
    public On after(int calls) {
      return new On(new Fault.Trigger(trigger.name(), trigger.input(), calls, trigger.times()));
    }

    /** Only calls with such an input. */
    public On when(Predicate<Struct> input) {
      return new On(
          new Fault.Trigger(
              trigger.name(), trigger.input().and(input), trigger.skip(), trigger.times()));
    }

    /** The call fails (400) and changes nothing. */
    public Fault fail(String code, String message) {
      return fail(new AwsException(code, message));
    }

    /** The call fails and changes nothing. */
    public Fault fail(AwsException error) {
      return add(new Fault.Effect.ErrorBefore(error));
    }

    /** The call takes effect, yet answers 500 InternalFailure. */
    public Fault failAfterEffect() {
      return add(
          new Fault.Effect.ErrorAfter(
              new AwsException(
                  "InternalFailure", "asked for by a test, after the effect", 500, Struct.of())));
    }

    /** Answers as AWS does to a caller over its rate; changes nothing. */
    public Fault throttle() {
      return fail("ThrottlingException", "Rate exceeded");
    }

    /** The call never arrives, as when the network is down: no effect and no answer. */
    public Fault loseRequest() {
      return add(new Fault.Effect.LostRequest());
    }

    /** The call takes effect, and its connection ends without an answer. */
    public Fault loseResponse() {
      return add(new Fault.Effect.LostAnswer());
    }

    /**
     * The call takes this long before its effect: real time with the real clock; with the virtual
     * clock the clock moves on, so the call must not come from a task of that clock.
     */
    public Fault delay(Duration by) {
      return add(new Fault.Effect.Delay(by));
    }

    /** Changes the answer; the function gets the input and the true output. */
    public Fault answer(BinaryOperator<Struct> change) {
      return add(new Fault.Effect.ChangedAnswer(change));
    }

    /**
     * A read lags: it answers what the same question was answered the last time it was answered
     * truly; the true answer when it was never asked.
     */
    public Fault staleRead() {
      return add(new Fault.Effect.StaleAnswer());
    }

    private Fault add(Fault.Effect effect) {
      Fault fault = new Fault(trigger, effect);
      faults.add(fault);
      return fault;
    }
  }
}
