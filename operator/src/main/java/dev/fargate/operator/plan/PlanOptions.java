package dev.fargate.operator.plan;

import dev.fargate.operator.stack.ResourceId;
import java.util.Map;
import java.util.Set;

/**
 * What the planner must know beside what is wanted and what is there.
 *
 * @param deletion what deleting the custom resource leaves behind
 * @param revisionHistoryLimit how many old task definition revisions stay; 0 or more
 * @param failedRevisions task definitions that a rollback has left, read from the deployment
 *     history, each as ARN or as content hash: not tried again until the spec changes (decision 16)
 * @param keptRevisions ARNs of task definitions that are never deleted, for example the last good
 *     one
 * @param recentCreates what this process created moments ago: its absence from a sweep is not
 *     believed yet (decision 6)
 * @param claims who else wants the hosts and paths of this stack's rules
 * @param users of what others may still use: it is not deleted before they are gone; who, by what
 * @param ignored what is left to others
 * @param adoption what becomes of things of others that have a wanted name
 */
public record PlanOptions(
    Deletion deletion,
    int revisionHistoryLimit,
    Set<String> failedRevisions,
    Set<String> keptRevisions,
    Set<RecentCreate> recentCreates,
    Claims claims,
    Map<ResourceId, String> users,
    Ignored ignored,
    Adoption adoption) {
  public PlanOptions {
    failedRevisions = Set.copyOf(failedRevisions);
    keptRevisions = Set.copyOf(keptRevisions);
    recentCreates = Set.copyOf(recentCreates);
    users = Map.copyOf(users);
  }

  /** Nothing special: no failed revisions, no recent creates, no other claims. */
  public static PlanOptions of(Deletion deletion, int revisionHistoryLimit) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        Set.of(),
        Set.of(),
        Set.of(),
        Claims.none(),
        Map.of(),
        Ignored.nothing(),
        Adoption.NEVER);
  }

  public PlanOptions withFailedRevisions(Set<String> revisions) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        revisions,
        keptRevisions,
        recentCreates,
        claims,
        users,
        ignored,
        adoption);
  }

  public PlanOptions withKeptRevisions(Set<String> revisions) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        failedRevisions,
        revisions,
        recentCreates,
        claims,
        users,
        ignored,
        adoption);
  }

  public PlanOptions withRecentCreates(Set<RecentCreate> creates) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        failedRevisions,
        keptRevisions,
        creates,
        claims,
        users,
        ignored,
        adoption);
  }

  public PlanOptions withClaims(Claims all) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        failedRevisions,
        keptRevisions,
        recentCreates,
        all,
        users,
        ignored,
        adoption);
  }

  public PlanOptions withUsers(Map<ResourceId, String> all) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        failedRevisions,
        keptRevisions,
        recentCreates,
        claims,
        all,
        ignored,
        adoption);
  }

  public PlanOptions withIgnored(Ignored left) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        failedRevisions,
        keptRevisions,
        recentCreates,
        claims,
        users,
        left,
        adoption);
  }

  public PlanOptions withAdoption(Adoption other) {
    return new PlanOptions(
        deletion,
        revisionHistoryLimit,
        failedRevisions,
        keptRevisions,
        recentCreates,
        claims,
        users,
        ignored,
        other);
  }

  /** What becomes of a thing of others that has a wanted name. */
  public enum Adoption {
    /** A conflict. */
    NEVER,
    /** Taken over if its tag names the custom resource. */
    IF_TAGGED,
    /** Taken over by its name. */
    ADOPT
  }

  /** What planning an empty stack does. */
  public enum Deletion {
    /** All that is owned goes. */
    DELETE,
    /** All stays and runs on, tags included. */
    RETAIN,
    /** What runs and routes goes, what holds data stays: a database's Retain. */
    RETAIN_DATA
  }

  /**
   * @param name the physical name; of a task definition its content hash
   */
  public record RecentCreate(ResourceId id, String name) {}
}
