package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a run has come to: what AWS has, what our objects say, and how many things were created and
 * deleted on the way.
 */
record Picture(List<String> aws, List<String> kubernetes, Map<String, Integer> effects) {
  private static final Pattern RESTART =
      Pattern.compile(", \\{key=fargate.dev/restarted-at, value=[^}]*}");

  private static final Pattern REVISION =
      Pattern.compile("(:task-definition/[^:,}\\]]+:|\\brevision=)[0-9]+");

  private static final Pattern PRIORITY = Pattern.compile("\\bPriority=[0-9]+");

  private static final Pattern ADOPTION = Pattern.compile("fargate.dev/adopt=[^,}]+, ");

  static Picture of(CampaignWorld world) {
    List<String> objects = new ArrayList<>();
    for (String kind : Cluster.KINDS.keySet()) {
      for (ObjectNode object : world.cluster.list(kind)) {
        objects.add(line(object));
      }
    }
    return new Picture(
        world.asPerson(() -> Account.lines(world)),
        objects.stream().sorted().toList(),
        world.disturbance.effects());
  }

  /** Without the note of a restart that somebody has asked for. */
  Picture withoutRestart() {
    return replacing(RESTART, "");
  }

  /** Where two revisions are equal, it does not matter which of them is left. */
  Picture withoutRevisionNumbers() {
    return replacing(REVISION, "$1#");
  }

  /** A rule that a person has deleted comes back behind those that are as precise. */
  Picture withoutPriorities() {
    return replacing(PRIORITY, "Priority=#");
  }

  /** What a person has deleted, and said before that it may be taken over, we make ourselves. */
  Picture withoutAdoption() {
    return replacing(ADOPTION, "");
  }

  private Picture replacing(Pattern pattern, String by) {
    return new Picture(
        aws.stream().map(line -> pattern.matcher(line).replaceAll(by)).sorted().toList(),
        kubernetes,
        effects);
  }

  /** Whether objects on both sides are the same; how they came to be aside. */
  boolean endsAs(Picture other) {
    return aws.equals(other.aws) && kubernetes.equals(other.kubernetes);
  }

  /**
   * How this differs from what it should be, for people.
   *
   * @param counts whether as many things must have been made and removed
   */
  String differenceFrom(Picture wanted, boolean counts) {
    StringBuilder text = new StringBuilder();
    difference(text, "AWS", aws, wanted.aws);
    difference(text, "Kubernetes", kubernetes, wanted.kubernetes);
    if (counts && !effects.equals(wanted.effects)) {
      effects.forEach(
          (call, number) -> {
            int should = wanted.effects.getOrDefault(call, 0);
            if (number != should) {
              text.append("  ")
                  .append(call)
                  .append(" made ")
                  .append(number)
                  .append(", undisturbed ")
                  .append(should)
                  .append('\n');
            }
          });
      wanted.effects.forEach(
          (call, number) -> {
            if (!effects.containsKey(call)) {
              text.append("  ")
                  .append(call)
                  .append(" made 0, undisturbed ")
                  .append(number)
                  .append('\n');
            }
          });
    }
    return text.toString();
  }

  private static void difference(
      StringBuilder text, String side, List<String> is, List<String> should) {
    List<String> more = new ArrayList<>(is);
    should.forEach(more::remove);
    List<String> less = new ArrayList<>(should);
    is.forEach(less::remove);
    more.forEach(line -> text.append("  ").append(side).append(" has  ").append(line).append('\n'));
    less.forEach(
        line -> text.append("  ").append(side).append(" lacks ").append(line).append('\n'));
  }

  private static String line(ObjectNode object) {
    StringBuilder line =
        new StringBuilder(object.path("kind").asText())
            .append(' ')
            .append(object.at("/metadata/name").asText())
            .append(object.at("/metadata").has("deletionTimestamp") ? " deleting" : "")
            .append(" finalizers=")
            .append(object.at("/metadata/finalizers"))
            .append(" spec=")
            .append(object.path("spec"));
    JsonNode status = object.path("status");
    line.append(" running=")
        .append(status.path("running"))
        .append(" url=")
        .append(status.path("url"));
    line.append(" image=").append(status.at("/serving/shortImage"));
    List<String> conditions = new ArrayList<>();
    for (JsonNode condition : status.path("conditions")) {
      conditions.add(
          condition.path("type").asText()
              + "="
              + condition.path("status").asText()
              + "/"
              + condition.path("reason").asText());
    }
    return line.append(' ').append(conditions.stream().sorted().toList()).toString();
  }
}
