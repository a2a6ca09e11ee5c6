package dev.fargate.operator.plan;

import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.PlanOptions.Adoption;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LoadBalancer;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.TargetGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a thing that somebody else has made, under a name that is wanted, may be taken over (ADR
 * 16). Decided from its tags and from what it is, never from a memory of ours.
 */
final class Adopting {
  /** Keys that say that somebody else's software looks after the thing and would change it back. */
  private static final Map<String, String> MANAGED =
      Map.of(
          "aws:cloudformation:",
          "CloudFormation",
          "aws:servicecatalog:",
          "Service Catalog",
          "AmazonECSManaged",
          "ECS",
          Ownership.MANAGED_BY_ECS,
          "ECS",
          "elbv2.k8s.aws/",
          "the AWS Load Balancer Controller",
          "ingress.k8s.aws/",
          "the AWS Load Balancer Controller",
          "service.k8s.aws/",
          "the AWS Load Balancer Controller",
          "kubernetes.io/cluster/",
          "a Kubernetes cluster",
          "services.k8s.aws/",
          "an AWS Controller for Kubernetes",
          "crossplane-",
          "Crossplane");

  private Adopting() {}

  /**
   * Why it may not be taken over, to be read after its ARN; empty when it may.
   *
   * @param wanted with references resolved as far as known
   */
  static Optional<String> refusal(
      ObservedResource candidate, Resource wanted, Owner owner, Adoption adoption) {
    Map<String, String> tags = candidate.tags();
    String installation = tags.get(Ownership.OWNER_ID);
    String object = tags.get(Ownership.RESOURCE_OF);
    String consent = tags.get(Ownership.ADOPT);
    boolean others =
        installation != null && !installation.equals(owner.ownerId())
            || object != null && !object.equals(owner.reference());
    if (others) {
      return Optional.of(
          "which belongs to "
              + (object == null ? "something" : object)
              + (installation == null ? "" : " of installation " + installation));
    } else if (adoption == Adoption.NEVER || wanted.id().kind() == Kind.PUBLIC_NAME) {
      // Nothing on a DNS record can say that its maker consents.
      return Optional.of("");
    } else if (consent != null && !consent.equals(owner.reference())) {
      return Optional.of("whose tag " + Ownership.ADOPT + " names " + consent);
    } else if (consent == null && (adoption == Adoption.IF_TAGGED || isAnybodys(wanted, owner))) {
      return Optional.of("which lacks the tag " + Ownership.ADOPT + "=" + owner.reference());
    } else if (candidate.lifecycle() != Lifecycle.ACTIVE) {
      return Optional.of("which is not active");
    }
    return manager(candidate)
        .or(() -> unknownVpc(candidate.actual(), wanted))
        .or(() -> another(candidate.actual(), wanted));
  }

  /**
   * A name within a network that is everybody's and does not hold its owner's: asking for it is no
   * proof that it is meant.
   */
  private static boolean isAnybodys(Resource wanted, Owner owner) {
    return wanted.id().kind() == Kind.DISCOVERY_SERVICE && !owner.namespace().isEmpty();
  }

  private static Optional<String> manager(ObservedResource candidate) {
    return candidate.tags().keySet().stream()
        .sorted()
        .flatMap(
            key ->
                MANAGED.entrySet().stream()
                    .filter(known -> key.startsWith(known.getKey()))
                    .map(
                        known ->
                            "which is managed by "
                                + known.getValue()
                                + (key.equals(Ownership.MANAGED_BY_ECS) ? " (its field " : " (tag ")
                                + key
                                + ")"))
        .findFirst();
  }

  /** Cloud Map does not tell it (ADR 6): in another network the names would not resolve. */
  private static Optional<String> unknownVpc(Resource actual, Resource wanted) {
    return actual instanceof PrivateDnsNamespace there
            && wanted instanceof PrivateDnsNamespace namespace
            && there.vpcId().isEmpty()
        ? Optional.of("which lacks the tag " + Ownership.VPC_ID + "=" + namespace.vpcId())
        : Optional.empty();
  }

  /** What only a replacement could change: a taken name does not make it the thing we want. */
  private static Optional<String> another(Resource actual, Resource wanted) {
    return fixed(actual, wanted).stream()
        .filter(change -> change.effect() == Effect.REPLACE)
        .filter(change -> !Objects.equals(change.before(), change.after()))
        .map(
            change ->
                "whose "
                    + change.field()
                    + " is "
                    + change.before()
                    + ", not "
                    + change.after()
                    + ", and cannot be changed")
        .findFirst();
  }

  /** As the differs say, and what they take from the hash in a name, which this name is not of. */
  private static List<FieldChange> fixed(Resource actual, Resource wanted) {
    if (actual instanceof TargetGroup there && wanted instanceof TargetGroup group) {
      return List.of(
          new FieldChange("port", "" + there.port(), "" + group.port(), Effect.REPLACE),
          new FieldChange("protocol", there.protocol(), group.protocol(), Effect.REPLACE),
          new FieldChange(
              "protocolVersion", there.protocolVersion(), group.protocolVersion(), Effect.REPLACE),
          new FieldChange("vpcId", there.vpcId(), group.vpcId(), Effect.REPLACE));
    } else if (actual instanceof SecurityGroup there && wanted instanceof SecurityGroup group) {
      return List.of(new FieldChange("vpcId", there.vpcId(), group.vpcId(), Effect.REPLACE));
    } else if (actual instanceof LoadBalancer there && wanted instanceof LoadBalancer balancer) {
      return List.of(
          new FieldChange("type", there.type(), balancer.type(), Effect.REPLACE),
          new FieldChange("scheme", there.scheme(), balancer.scheme(), Effect.REPLACE));
    }
    return Differs.changes(actual, wanted);
  }
}
