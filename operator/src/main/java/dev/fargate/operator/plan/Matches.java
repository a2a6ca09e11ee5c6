package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Service;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything wanted beside everything there.
 *
 * @param byId in the order of creation
 * @param extras ours, but not wanted (any more): predecessors, and what left the spec; without task
 *     definitions
 * @param revisions our task definitions; those that are FAILED have been deregistered, not deleted
 * @param ignored what differs and is left to others
 * @param resolution the outputs of all that is wanted and there
 * @param contentHash of the wanted task definition; empty when there is none or not known yet
 */
record Matches(
    Map<ResourceId, Match> byId,
    List<ObservedResource> extras,
    List<ObservedResource> revisions,
    List<Plan.Conflict> conflicts,
    List<Plan.Ignored> ignored,
    Resolution resolution,
    String contentHash) {

  Collection<Match> all() {
    return byId.values();
  }

  List<Match> of(Kind kind) {
    return byId.values().stream().filter(match -> match.id().kind() == kind).toList();
  }

  List<ObservedResource> extrasOf(Kind kind) {
    return extras.stream().filter(extra -> extra.actual().id().kind() == kind).toList();
  }

  /** The one ECS service of the stack, if it wants one. */
  Optional<Match> service() {
    return of(Kind.SERVICE).stream().findFirst();
  }

  /** The wanted service as it runs now; empty when none is wanted or it does not exist. */
  Optional<Service> runningService() {
    return service().filter(Match::exists).map(match -> (Service) match.present().actual());
  }
}
