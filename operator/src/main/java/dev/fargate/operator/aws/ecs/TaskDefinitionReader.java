package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.build.Ids;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A sweep describes only what services use and what is known already. All revisions of a family are
 * listed when a plan registers or deletes one: AWS has no way to list those of one owner.
 */
public final class TaskDefinitionReader implements Reader {
  private final TaskDefinitions definitions;

  public TaskDefinitionReader(TaskDefinitions definitions) {
    this.definitions = definitions;
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
    return Part.all(definitions.known());
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
    String family = Names.readable(owner, Ids.TASK_DEFINITION);
    List<Seen> found = new ArrayList<>(definitions.active(family));
    definitions.inactive(family).forEach(seen -> found.add(seen.with(Lifecycle.FAILED)));
    return found;
  }

  private Part read(Set<String> families) {
    List<Seen> found = new ArrayList<>();
    families.forEach(family -> found.addAll(definitions.active(family)));
    return new Part(seen -> families.contains(((TaskDefinition) seen.actual()).family()), found);
  }

  @Override
  public void forget(String key) {
    definitions.forget(key);
  }
}
