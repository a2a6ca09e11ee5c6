package dev.fargate.operator.campaign;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.wire.Struct;
import dev.fargate.operator.stack.Ownership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/**
 * What no write of the operator to AWS may do, in whatever run. A run that ends as the undisturbed
 * one may have broken them on its way, and a bug that the undisturbed run has, too, shows in no
 * comparison.
 */
final class Laws {
  private static final Pattern TOKEN =
      Pattern.compile(
          "clientToken|ClientToken|ClientRequestToken|CreationToken|CreatorRequestId|"
              + "creatorRequestId|CallerReference|IdempotencyToken|idempotencyToken");

  private static final Pattern TAGS =
      Pattern.compile("[tT]ags|TagSpecifications|BackupVaultTags|BackupPlanTags");

  private static final Pattern MAKES = Pattern.compile("(Create|Register|Run|Start).*");

  /**
   * A task of its own ends by itself, and is found by who started it; to what is ours tags are
   * added one by one.
   */
  private static final Set<String> NEEDS_NO_TAGS = Set.of("ecs:RunTask", "ec2:CreateTags");

  private final CampaignWorld world;
  private final Map<String, Object> tokens = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  Laws(CampaignWorld world) {
    this.world = world;
  }

  /** Which were broken, each line for people. */
  List<String> broken() {
    return broken;
  }

  /** A process is about to write. */
  void writes(Process process, String call, Struct input) {
    onlyTheLeaderWrites(process, call);
    whatIsAskedAgainHasTheSameToken(call, input);
    whatIsMadeIsTagged(call, input);
    theCountUnderAutoscalingIsNotOurs(call, input);
  }

  private void onlyTheLeaderWrites(Process process, String call) {
    if (world.leader != null && world.leader != process) {
      broken.add("  another leads, and still there was a call of " + call);
    }
  }

  private void whatIsAskedAgainHasTheSameToken(String call, Struct input) {
    String service = call.substring(0, call.indexOf(':'));
    if (call.matches("[a-z0-9-]+:(Delete|Deregister).*")) {
      tokens.keySet().removeIf(asked -> asked.startsWith(service + ":"));
    }
    for (String member : members(call)) {
      if (!TOKEN.matcher(member).matches()) {
        continue;
      }
      Object token = input.get(member);
      if (token == null) {
        broken.add("  " + call + " without " + member);
      } else {
        Object before = tokens.put(call + input.copy().with(member, null), token);
        if (before != null && !before.equals(token)) {
          broken.add("  " + call + " again, as " + token + " and not as " + before);
        }
      }
    }
  }

  private void whatIsMadeIsTagged(String call, Struct input) {
    boolean changes =
        call.equals("application-autoscaling:RegisterScalableTarget")
            && isScaled(input.string("ResourceId").orElseThrow());
    if (!changes
        && MAKES.matcher(call.substring(call.indexOf(':') + 1)).matches()
        && !NEEDS_NO_TAGS.contains(call)
        && members(call).stream().anyMatch(member -> TAGS.matcher(member).matches())
        && !input.toString().contains(Ownership.OWNER_ID)) {
      broken.add("  " + call + " without our tags");
    }
  }

  private void theCountUnderAutoscalingIsNotOurs(String call, Struct input) {
    if (!call.equals("ecs:UpdateService") || !input.has("desiredCount")) {
      return;
    }
    String service = input.string("service").orElseThrow();
    String name = service.substring(service.lastIndexOf('/') + 1);
    if (isScaled("/" + name)) {
      broken.add("  " + call + " sets the count of " + name + ", which is scaled");
    }
  }

  private boolean isScaled(String end) {
    return world
        .asPerson(
            () ->
                world.person.scaling.describeScalableTargets(
                    r -> r.serviceNamespace(ServiceNamespace.ECS)))
        .scalableTargets()
        .stream()
        .anyMatch(target -> target.resourceId().endsWith(end));
  }

  private static Set<String> members(String call) {
    ServiceModel model = Answers.model(call);
    return Optional.ofNullable(model.operations().get(call.substring(call.indexOf(':') + 1)))
        .flatMap(ServiceModel.Operation::input)
        .map(input -> model.structure(input).members().keySet())
        .orElse(Set.of());
  }
}
