package dev.fargate.operator.aws.cloudmap;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.DuplicateRequestException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.Operation;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.OperationTargetType;

/**
 * Namespaces: Cloud Map makes and deletes them in operations of its own that take a minute or two.
 * A repeated request finds the operation that runs (AWS-FACTS 8); nothing waits for it here.
 */
public final class NamespaceRunner implements Runner {
  /** Cloud Map takes 64 characters (AWS-FACTS 2). */
  private static final int TOKEN_LENGTH = 64;

  private final ServiceDiscoveryClient cloudMap;

  /** Operations that this process has started, by request token. */
  private final Map<String, String> running = new ConcurrentHashMap<>();

  public NamespaceRunner(ServiceDiscoveryClient cloudMap) {
    this.cloudMap = cloudMap;
  }

  @Override
  public Kind kind() {
    return Kind.PRIVATE_DNS_NAMESPACE;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    PrivateDnsNamespace wanted = (PrivateDnsNamespace) desired;
    String token = token(owner, wanted);
    String operation = running.get(token);
    if (operation == null) {
      operation = start(wanted, token, tags);
      running.put(token, operation);
    }
    return outcome(wanted, token, operation);
  }

  private String start(
      PrivateDnsNamespace wanted, String token, SortedMap<String, String> ownership) {
    SortedMap<String, String> tags = new TreeMap<>(ownership);
    tags.put(Ownership.VPC_ID, wanted.vpcId());
    try {
      return cloudMap
          .createPrivateDnsNamespace(
              request ->
                  request
                      .name(wanted.domain())
                      .vpc(wanted.vpcId())
                      .creatorRequestId(token)
                      .tags(CloudMapTags.of(tags)))
          .operationId();
    } catch (DuplicateRequestException already) {
      return already.duplicateOperationId();
    }
  }

  private Map<Output, String> outcome(
      PrivateDnsNamespace wanted, String token, String operationId) {
    Operation operation =
        cloudMap.getOperation(request -> request.operationId(operationId)).operation();
    if (operation.status() == OperationStatus.SUCCESS) {
      running.remove(token);
      String id = operation.targets().get(OperationTargetType.NAMESPACE);
      return Map.of(Output.ID, id, Output.NAME, wanted.domain());
    } else if (operation.status() == OperationStatus.FAIL) {
      // The next pass asks anew.
      running.remove(token);
      throw new AwsFailure(
          errorClass(operation.errorCode()),
          operation.errorCode(),
          operation.errorMessage(),
          null,
          null);
    }
    throw new AwsFailure(
        ErrorClass.TRANSIENT,
        "OperationPending",
        "Cloud Map is making the private DNS namespace " + wanted.domain(),
        null,
        null);
  }

  private static ErrorClass errorClass(String code) {
    return switch (String.valueOf(code)) {
      case "ACCESS_DENIED", "EXPIRED_TOKEN" -> ErrorClass.DENIED;
      case "THROTTLED_REQUEST" -> ErrorClass.THROTTLED;
      case "INTERNAL_FAILURE" -> ErrorClass.SERVER;
      // CANNOT_CREATE_HOSTED_ZONE: usually another zone of this name in the same VPC.
      default -> ErrorClass.INVALID;
    };
  }

  private static String token(Owner owner, PrivateDnsNamespace wanted) {
    return Names.sha256(
            String.join("\n", owner.ownerId(), owner.reference(), wanted.domain(), wanted.vpcId()))
        .substring(0, TOKEN_LENGTH);
  }

  /** Only tags: everything else is create-only. */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    CloudMapTags.write(
        cloudMap, action.observed().outputs().get(Output.ARN), TagChanges.of(action));
    return action.observed().outputs();
  }

  /** ResourceInUse while it has services. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      cloudMap.deleteNamespace(request -> request.id(observed.outputs().get(Output.ID)));
    } catch (NamespaceNotFoundException | DuplicateRequestException gone) {
      // Gone, or on its way.
    }
  }
}
