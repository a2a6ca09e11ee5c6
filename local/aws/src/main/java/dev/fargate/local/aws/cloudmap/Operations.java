package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The asynchronous operations: SUBMITTED, PENDING, then SUCCESS or FAIL. */
final class Operations {
  private final Scheduler scheduler;
  private final Ids ids;
  private final Duration lag;
  private final Map<String, Operation> byId = new LinkedHashMap<>();

  /**
   * @param lag from the request to the end; PENDING from a third of it on
   */
  Operations(Scheduler scheduler, Ids ids, Duration lag) {
    this.scheduler = scheduler;
    this.ids = ids;
    this.lag = lag;
  }

  /** What an operation does at its end: names its targets, or throws to fail. */
  interface Work {
    Map<String, Object> run();
  }

  /**
   * Submits an operation, unless one for the same request runs already.
   *
   * @param requestKey what makes two requests the same; an operation with it is unique while it
   *     runs
   * @return the answer with the {@code OperationId}
   * @throws AwsException DuplicateRequest with the id of the running one
   */
  Struct submit(String type, String requestKey, Work work) {
    running(requestKey)
        .ifPresent(
            running -> {
              throw CloudMapError.duplicateRequest(running.id);
            });
    Operation operation = new Operation(ids.operation(), type, requestKey, scheduler.now());
    byId.put(operation.id, operation);
    scheduler.after(
        lag.dividedBy(3), type + " is pending", () -> operation.enter("PENDING", scheduler.now()));
    scheduler.after(lag, type + " ends", () -> end(operation, work));
    return Struct.of().with("OperationId", operation.id);
  }

  private Optional<Operation> running(String requestKey) {
    return byId.values().stream()
        .filter(operation -> operation.requestKey.equals(requestKey) && operation.running())
        .findFirst();
  }

  private void end(Operation operation, Work work) {
    try {
      operation.targets = work.run();
      operation.enter("SUCCESS", scheduler.now());
    } catch (AwsException failure) {
      operation.errorCode = failure.code();
      operation.errorMessage = failure.getMessage();
      operation.enter("FAIL", scheduler.now());
    }
  }

  Struct get(Struct in, Caller caller) {
    Operation operation = byId.get(in.required("OperationId"));
    if (operation == null) {
      throw new AwsException("OperationNotFound", "Operation not found.");
    }
    return Struct.of().with("Operation", operation.describe());
  }

  Struct list(Struct in, Caller caller) {
    for (Struct filter : in.structs("Filters")) {
      if (filter.required("Name").equals("UPDATE_DATE")) {
        throw CloudMapError.unsupported("the filter UPDATE_DATE", "filter by STATUS or TYPE.");
      }
    }
    List<Operation> found =
        byId.values().stream()
            .filter(o -> Filtering.matches(in, "STATUS", o.status))
            .filter(o -> Filtering.matches(in, "TYPE", o.type))
            .filter(o -> Filtering.matches(in, "NAMESPACE_ID", o.target("NAMESPACE")))
            .filter(o -> Filtering.matches(in, "SERVICE_ID", o.target("SERVICE")))
            .toList();
    List<Operation> page = Filtering.PAGES.slice(in, found, o -> o.id);
    Struct answer =
        Struct.of()
            .with(
                "Operations",
                page.stream()
                    .map(o -> Struct.of().with("Id", o.id).with("Status", o.status))
                    .toList());
    Filtering.PAGES.nextToken(found, page, o -> o.id, answer);
    return answer;
  }

  private static final class Operation {
    final String id;
    final String type;
    final String requestKey;
    final Instant createdAt;
    Instant updatedAt;
    String status = "SUBMITTED";
    String errorCode;
    String errorMessage;
    Map<String, Object> targets = Map.of();

    Operation(String id, String type, String requestKey, Instant createdAt) {
      this.id = id;
      this.type = type;
      this.requestKey = requestKey;
      this.createdAt = createdAt;
      this.updatedAt = createdAt;
    }

    boolean running() {
      return status.equals("SUBMITTED") || status.equals("PENDING");
    }

    void enter(String next, Instant now) {
      status = next;
      updatedAt = now;
    }

    String target(String kind) {
      return (String) targets.getOrDefault(kind, "");
    }

    Struct describe() {
      return Struct.of()
          .with("Id", id)
          .with("Type", type)
          .with("Status", status)
          .with("ErrorMessage", errorMessage)
          .with("ErrorCode", errorCode)
          .with("CreateDate", createdAt)
          .with("UpdateDate", updatedAt)
          .with("Targets", targets);
    }
  }
}
