package dev.fargate.operator.campaign;

import dev.fargate.local.aws.call.Interception;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.LostResponse;
import dev.fargate.local.aws.wire.Struct;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.StatusError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Counts what a run's operator does, and lets one plan happen at its place. */
final class Disturbance implements Interception {
  /** The SDK tries three times, a pass comes back after some seconds: all of that meets it. */
  private static final Duration A_MOMENT = Duration.ofSeconds(20);

  /** Longer than the slow look of what only a person can mend. */
  private static final Duration A_WHILE = Duration.ofMinutes(7);

  /** The SDK's attempts follow at once. */
  private static final Duration ATTEMPTS = Duration.ofMillis(1);

  /** One in the other's call: more take more stack than a thread has. */
  private static final int FROZEN_AT_ONCE = 4;

  private static final Duration HELD = Duration.ofSeconds(90);
  private static final Duration OVERTAKEN = Duration.ofSeconds(3);
  private static final Duration RECONNECTS = Duration.ofSeconds(30);
  private static final Pattern READ = Pattern.compile("(Describe|List|Get).*");

  private static final Duration SYNC = Duration.ofSeconds(20);
  private static final Duration SYNCED = Duration.ofMinutes(10);

  private final Plan plan;
  private final Diary diary = new Diary();
  private final Map<String, Set<String>> effects = new TreeMap<>();
  private final List<Transcript.Write> writes = new ArrayList<>();
  private final Answers answers = new Answers();
  private final Set<String> named = new HashSet<>();
  private Laws laws;
  private CampaignWorld world;
  private boolean counting;
  private boolean fired;
  private int missing;

  /** What the calls of a name meet, and until when. */
  private String hit = "";

  private FaultKind meets;

  /** Null but in a plan for every call to AWS. */
  private EveryCall everyCall;

  /** Null but in a plan for every request to Kubernetes. */
  private EveryRequest everyRequest;

  private Instant until = Instant.MIN;
  private Instant heldUntil = Instant.MIN;
  private Function<String, RuntimeException> away;
  private BiFunction<String, Struct, Struct> shown = (call, answer) -> answer;
  private boolean kubernetesAway;

  /**
   * @param plan null: only counts
   */
  Disturbance(Plan plan) {
    this.plan = plan;
  }

  void in(CampaignWorld world) {
    this.world = world;
    this.laws = new Laws(world);
  }

  /** From here on calls are counted, and the plan may happen. */
  void begin() {
    counting = true;
    FaultKind requests = happening(Site.ALWAYS_KUBERNETES);
    if (requests != null) {
      everyRequest = new EveryRequest(requests);
    }
    FaultKind always = happening(Site.ALWAYS);
    if (always == FaultKind.SYNC_LOOP) {
      syncs();
    } else if (always != null) {
      everyCall = new EveryCall(always, lasts(always));
    }
  }

  private void syncs() {
    until = world.now().plus(SYNCED);
    for (Duration at = SYNC; at.compareTo(SYNCED) < 0; at = at.plus(SYNC)) {
      world.at(at, world.stage::sync);
    }
  }

  /** The operator's calls to AWS fail so from now on, but where it says null; null: no more. */
  void aws(Function<String, RuntimeException> away) {
    this.away = away;
  }

  /** From now on this is what the operator reads, by call and true answer. */
  void shows(BiFunction<String, Struct, Struct> shown) {
    this.shown = shown;
  }

  /** No request to Kubernetes is answered, and no event arrives. */
  void kubernetesAway(boolean is) {
    kubernetesAway = is;
  }

  boolean isKubernetesAway() {
    return kubernetesAway;
  }

  boolean fired() {
    return fired;
  }

  /** Whether what the plan brought has ended. */
  boolean isOver() {
    return fired && !world.now().isBefore(until) && !world.now().isBefore(heldUntil);
  }

  /** All calls and events, in order. */
  List<Site> sites() {
    return diary.sites();
  }

  /** All writes to AWS, in order, where there is no plan. */
  List<Transcript.Write> writes() {
    return writes;
  }

  /** Which laws were broken, each line for people. */
  List<String> brokenLaws() {
    return laws.broken();
  }

  /** How many things each creating and deleting operation has created or deleted. */
  Map<String, Integer> effects() {
    Map<String, Integer> numbers = new TreeMap<>();
    effects.forEach((operation, things) -> numbers.put(operation, things.size()));
    return numbers;
  }

  /** How many of the last changes the next process' first lists do not show. */
  int missingChanges() {
    int changes = missing;
    missing = 0;
    return changes;
  }

  @Override
  public Struct around(String call, Struct input, UnaryOperator<Struct> proceed) {
    Process process = world.caller();
    if (process == null) {
      return proceed.apply(input);
    }
    String operation = call.substring(call.indexOf(':') + 1);
    boolean read = READ.matcher(operation).matches();
    UnaryOperator<Struct> effect =
        asked -> {
          Struct answer = proceed.apply(asked);
          note(call, asked, answer);
          return read ? shown.apply(call, answers.seen(call, asked, answer, world.now())) : answer;
        };
    if (!read) {
      laws.writes(process, call, input);
      if (counting && plan == null) {
        writes.add(new Transcript.Write(world.now(), call, input));
      }
    }
    RuntimeException refusal = away == null ? null : away.apply(call);
    if (refusal != null) {
      throw refusal;
    }
    FaultKind here = happening(call);
    Struct page = answers.secondPage(input);
    if (page != null) {
      return page;
    }
    FaultKind now =
        everyCall == null || world.frozen() >= FROZEN_AT_ONCE
            ? here
            : everyCall.meets(call, input, world.now());
    if (now == null) {
      answers.refuse(call, input, world.now());
      return counting && plan == null && read
          ? diary.read(call, input, effect)
          : effect.apply(input);
    }
    return switch (now) {
      case KILLED_BEFORE -> throw kill(process);
      case KILLED_AFTER_EFFECT, KILLED_OLD_LIST -> {
        effect.apply(input);
        missing = now == FaultKind.KILLED_OLD_LIST ? 3 : 0;
        throw kill(process);
      }
      case KILLED_AFTER_ANSWER -> {
        process.dying = true;
        yield effect.apply(input);
      }
      case FROZEN_BEFORE -> {
        world.freeze(process);
        yield effect.apply(input);
      }
      case FROZEN_AFTER_EFFECT -> {
        Struct answer = effect.apply(input);
        world.freeze(process);
        yield answer;
      }
      case THROTTLED -> throw throttled(call);
      case SERVER_ERROR ->
          throw new AwsException("InternalFailure", "asked for by a plan", 500, Struct.of());
      case TIMEOUT_AFTER_EFFECT -> {
        effect.apply(input);
        throw new LostResponse(call);
      }
      case CONNECTION_RESET -> throw new LostResponse(call);
      case ACCESS_DENIED -> throw denied(call);
      case NOT_FOUND_AFTER_CREATE -> {
        Struct answer = effect.apply(input);
        answers.hide(input, answer, world.now().plus(A_MOMENT));
        yield answer;
      }
      case PARTIAL_PAGE -> answers.split(call, effect.apply(input));
      case REPEATED_PAGE -> answers.repeat(call, effect.apply(input));
      case STALE_READ -> {
        Struct old = answers.last(call, input);
        yield old == null ? effect.apply(input) : old;
      }
      case PERSON_SCALES, PERSON_DELETES_RULE, PERSON_DELETES_LOGS -> {
        world.asPerson(() -> Person.does(now, world.person));
        yield effect.apply(input);
      }
      default -> throw new IllegalStateException(plan + " does not happen at a call of AWS");
    };
  }

  /** A request of the operator to the API server. */
  KubeResponse.Complete kubernetes(Process process, KubeRequest request) throws IOException {
    if (kubernetesAway) {
      throw new IOException("no route to the API server");
    }
    FaultKind here = happening(Requests.name(request));
    FaultKind now =
        everyRequest == null || world.frozen() >= FROZEN_AT_ONCE
            ? here
            : everyRequest.meets(request);
    if (now == null) {
      return world.cluster.answer(request);
    }
    return switch (now) {
      case KILLED_BEFORE -> throw kill(process);
      case KILLED_AFTER_EFFECT, KILLED_OLD_LIST -> {
        world.cluster.answer(request);
        missing = now == FaultKind.KILLED_OLD_LIST ? 3 : 0;
        throw kill(process);
      }
      case KILLED_AFTER_ANSWER -> {
        process.dying = true;
        yield world.cluster.answer(request);
      }
      case FROZEN_BEFORE -> {
        world.freeze(process);
        yield world.cluster.answer(request);
      }
      case FROZEN_AFTER_EFFECT -> {
        KubeResponse.Complete answer = world.cluster.answer(request);
        world.freeze(process);
        yield answer;
      }
      case THROTTLED -> error(429, "TooManyRequests");
      case SERVER_ERROR -> error(500, "InternalError");
      case ACCESS_DENIED -> error(403, "Forbidden");
      case CONFLICT -> error(409, "Conflict");
      case TIMEOUT_AFTER_EFFECT -> {
        world.cluster.answer(request);
        throw new IOException("timeout, asked for by a plan");
      }
      case CONNECTION_RESET -> throw new IOException("connection reset, asked for by a plan");
      default -> throw new IllegalStateException(plan + " does not happen at a request");
    };
  }

  /** An event is about to be told. @return true when it is not told now */
  boolean event(Process.Feed feed) {
    FaultKind now = happening("watch:" + feed.kind);
    if (now == null) {
      return false;
    }
    feed.relist = now == FaultKind.EXPIRED;
    heldUntil = world.now().plus(HELD);
    feed.blockedUntil =
        world
            .now()
            .plus(
                switch (now) {
                  case HELD -> HELD;
                  case SWAPPED -> OVERTAKEN;
                  case CUT, EXPIRED -> RECONNECTS;
                  default -> throw new IllegalStateException(plan + " does not happen to an event");
                });
    return true;
  }

  private FaultKind happening(String name) {
    if (!counting) {
      return null;
    }
    String site = diary.note(name);
    if (plan != null && !fired && plan.site().equals(site)) {
      fired = true;
      hit = name;
      meets = plan.fault();
      until = world.now().plus(lasts(meets));
      return meets;
    }
    return name.equals(hit) && world.now().isBefore(until) ? meets : null;
  }

  /** For how long a call meets the fault; zero: once. */
  private static Duration lasts(FaultKind fault) {
    return switch (fault) {
      case THROTTLED, SERVER_ERROR, CONNECTION_RESET, STALE_READ -> A_MOMENT;
      case ACCESS_DENIED -> A_WHILE;
      case TIMEOUT_AFTER_EFFECT -> ATTEMPTS;
      default -> Duration.ZERO;
    };
  }

  private static Killed kill(Process process) {
    process.dead = true;
    return new Killed();
  }

  private void note(String call, Struct input, Struct output) {
    String operation = call.substring(call.indexOf(':') + 1);
    if (!counting) {
      named.addAll(Answers.ids(output));
      return;
    }
    if (operation.matches("(Create|Register|Authorize).*")) {
      Set<String> ids = Answers.ids(output);
      ids.removeAll(Answers.ids(input));
      Set<String> made = ids.isEmpty() ? new HashSet<>(Set.of(input.toString())) : ids;
      // What an answer names beside the new thing, or once more, is there already.
      made.removeIf(id -> !named.add(id));
      effects.computeIfAbsent(call, name -> new TreeSet<>()).addAll(made);
    } else if (operation.matches("(Delete|Deregister|Revoke).*")) {
      effects.computeIfAbsent(call, name -> new TreeSet<>()).add(input.toString());
    }
  }

  private static AwsException throttled(String call) {
    return call.startsWith("ec2:")
        ? new AwsException("RequestLimitExceeded", "Request limit exceeded.", 503, Struct.of())
        : new AwsException("ThrottlingException", "Rate exceeded");
  }

  private static AwsException denied(String call) {
    String code =
        call.startsWith("ec2:")
            ? "UnauthorizedOperation"
            : call.startsWith("elasticloadbalancing:") ? "AccessDenied" : "AccessDeniedException";
    return new AwsException(
        code, "not authorized to perform: " + call + ", asked for by a plan", 403, Struct.of());
  }

  private static KubeResponse.Complete error(int code, String reason) {
    return StatusError.of(code, reason, "asked for by a plan").response();
  }
}
