package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.build.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A sweep describes only what services use and what is known already. All revisions of a family are
 * listed when a plan registers or deletes one: AWS has no way to list those of one owner. Beside
 * that each family is searched once, when nobody who led before us can register in it any more.
 */
public final class TaskDefinitionReader implements Reader {
  /**
   * AWS takes no request whose signature is older. A process that was frozen with a signed request
   * in its hands may send it for so long after it has lost its Lease to us, and of all our creating
   * calls only RegisterTaskDefinition takes neither a name nor a token that would tell AWS that it
   * has been made already.
   */
  private static final Duration SIGNATURE_LASTS = Duration.ofMinutes(5);

  /** Of a hundred families' lists no sweep gets long. */
  private static final int FAMILIES_PER_SWEEP = 20;

  private final TaskDefinitions definitions;
  private final String ownerId;
  private final Clock clock;
  private final Instant leadingSince;
  private final Set<String> searched = new HashSet<>();

  /**
   * @param clock makes this when the process begins to lead, or later
   */
  public TaskDefinitionReader(TaskDefinitions definitions, String ownerId, Clock clock) {
    this.definitions = definitions;
    this.ownerId = ownerId;
    this.clock = clock;
    this.leadingSince = clock.instant();
  }

  @Override
  public Kind kind() {
    return Kind.TASK_DEFINITION;
  }

  @Override
  public Part sweep(Known known) {
    for (Seen service : known.of(Kind.SERVICE)) {
      definitions.get(((Service) service.actual()).taskDefinitionArn().toString());
      if (service.rollout() != null) {
        for (Rollout.Deployment deployment : service.rollout().deployments()) {
          definitions.get(deployment.taskDefinitionArn());
        }
      }
    }
    // One that no service runs yet: its app waits, for a host that another app holds. Unless it is
    // remembered here, it is forgotten and looked for again every two minutes.
    known.of(Kind.TASK_DEFINITION).forEach(definition -> definitions.get(definition.key()));
    if (!clock.instant().isBefore(leadingSince.plus(SIGNATURE_LASTS))) {
      searchForForgottenOnes(known);
    }
    return Part.all(definitions.known());
  }

  /** What came late from a frozen process, and what a killed one deregistered but not deleted. */
  private void searchForForgottenOnes(Known known) {
    Set<String> families = new TreeSet<>();
    for (Seen definition : known.of(Kind.TASK_DEFINITION)) {
      if (definition.ownerReference(ownerId) != null) {
        families.add(((TaskDefinition) definition.actual()).family());
      }
    }
    for (Seen accessPoint : known.of(Kind.ACCESS_POINT)) {
      String reference = accessPoint.ownerReference(ownerId);
      Restore.Progress restore = ((AccessPoint) accessPoint.actual()).progress();
      if (reference != null && restore != null && restore.isOver()) {
        families.add(Names.readable(Owner.parse(ownerId, reference), Ids.MOVER));
      }
    }
    families.removeAll(searched);
    for (String family : families.stream().limit(FAMILIES_PER_SWEEP).toList()) {
      definitions.findNewer(family);
      definitions.findInactive(family);
      searched.add(family);
    }
  }

  @Override
  public Part read(Need need) {
    Set<String> families = new LinkedHashSet<>();
    need.wanted().forEach(wanted -> families.add(((TaskDefinition) wanted).family()));
    need.there().forEach(there -> families.add(((TaskDefinition) there.actual()).family()));
    return read(families);
  }

  /**
   * All revisions of what this owner would register, for deleting them: its spec may be unknown.
   * Those that an interrupted delete has deregistered but not deleted are FAILED.
   */
  public List<Seen> all(Owner owner) {
    List<Seen> found = new ArrayList<>();
    for (ResourceId id : List.of(Ids.TASK_DEFINITION, Ids.MOVER)) {
      if (id.equals(Ids.MOVER) && !owner.kind().equals("FargateDatabase")) {
        continue;
      }
      String family = Names.readable(owner, id);
      found.addAll(definitions.active(family));
      found.addAll(definitions.inactive(family));
    }
    return found;
  }

  private Part read(Set<String> families) {
    List<Seen> found = new ArrayList<>();
    for (String family : families) {
      found.addAll(definitions.active(family));
      if (definitions.knowsInactive(family)) {
        found.addAll(definitions.findInactive(family));
      }
    }
    return new Part(seen -> families.contains(((TaskDefinition) seen.actual()).family()), found);
  }

  @Override
  public void forget(String key) {
    definitions.forget(key);
  }
}
