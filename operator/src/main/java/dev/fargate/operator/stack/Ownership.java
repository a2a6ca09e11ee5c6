package dev.fargate.operator.stack;

import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the operator knows its own things again.
 *
 * <p>Every AWS resource gets three tags <em>in its create call</em>: {@link #OWNER_ID} says which
 * installation it belongs to, {@link #RESOURCE_OF} which custom resource, {@link #RESOURCE_ID}
 * which part of that custom resource's stack it is. Nothing else decides: no name, no status, no
 * memory of ours. So an operator on a rebuilt cluster with the same YAML and owner id finds
 * everything again, and what lacks the tags is never touched. A kind that AWS cannot tag (a scaling
 * policy) is owned through its tagged parent plus its deterministic name.
 */
public final class Ownership {
  /** The installation; the value is the operator's {@code ownerId}. */
  public static final String OWNER_ID = "fargate.dev/owner-id";

  /** The custom resource; the value is {@link Owner#reference}. */
  public static final String RESOURCE_OF = "fargate.dev/resource-of";

  /** The part of the stack; the value is {@link ResourceId#toString}. */
  public static final String RESOURCE_ID = "fargate.dev/resource-id";

  /** On a task definition: the hash of its content, by which a lost answer is found again. */
  public static final String CONTENT_HASH = "fargate.dev/content-hash";

  /** On a service: the last {@code restartedAt} that was carried out. */
  public static final String RESTARTED_AT = "fargate.dev/restarted-at";

  /**
   * On a log group: {@code true} keeps it when its owner is deleted. A tag, because deleting has no
   * valid spec to ask.
   */
  public static final String KEEP_ON_DELETE = "fargate.dev/keep-on-delete";

  /**
   * On a service: a hash of what the last deployment asked for: task definition, network, load
   * balancers, registries, platform. After a rollback it tells a spec that was tried from one that
   * was not.
   */
  public static final String ATTEMPT = "fargate.dev/attempt";

  /** On a backup vault: the last backup that was asked for by annotation, and begun. */
  public static final String BACKUP_ASKED = "fargate.dev/backup";

  /** On a private DNS namespace: its VPC, which Cloud Map does not tell (ADR 6). */
  public static final String VPC_ID = "fargate.dev/vpc-id";

  /** On a recovery point: where in its file system the data lies. */
  public static final String DIRECTORY = "fargate.dev/directory";

  /** On an access point: what was, or is being, brought back into its directory (ADR 13). */
  public static final String RESTORE = "fargate.dev/restore";

  /**
   * Which of the other tags are the user's, set by us: five characters per key, as {@link
   * #keysMark} makes them. AWS does not say who set a tag; without this nobody could tell a tag
   * that has left the spec, and must go, from one that somebody else has put there (ADR 9). Absent
   * where the user wants no tags.
   */
  public static final String TAG_KEYS = "fargate.dev/tag-keys";

  /**
   * Not a tag of AWS's: stands for the field of that name, by which ECS says that it made a service
   * itself and manages it (Express Mode, AWS-FACTS 4.7).
   */
  public static final String MANAGED_BY_ECS = "resourceManagementType";

  /**
   * Put on by a person: the reference of the custom resource that may take the thing over. Owns
   * nothing by itself.
   */
  public static final String ADOPT = "fargate.dev/adopt";

  /** What all our own keys begin with; the API takes no such key from a user. */
  private static final String PREFIX = "fargate.dev/";

  /**
   * 30 bits of a key's hash. AWS takes 256 characters in a value and 50 tags on a resource, so five
   * characters each is what fits; two keys of one resource meet once in a million such resources.
   */
  private static final int MARK_LENGTH = 5;

  private Ownership() {}

  /**
   * The tags of a resource: the user's first, ours on top so that none can be forged. The planner
   * adds those that only one kind has.
   */
  public static SortedMap<String, String> tags(Stack stack, Resource resource) {
    SortedMap<String, String> tags = new TreeMap<>(stack.tags());
    tags.keySet().removeIf(key -> key.startsWith(PREFIX));
    if (!tags.isEmpty()) {
      tags.put(TAG_KEYS, keysMark(tags.keySet()));
    }
    tags.put(OWNER_ID, stack.owner().ownerId());
    tags.put(RESOURCE_OF, stack.owner().reference());
    tags.put(RESOURCE_ID, resource.id().toString());
    return tags;
  }

  /** The value of {@link #TAG_KEYS} for these keys, in whatever order. */
  static String keysMark(Collection<String> keys) {
    return keys.stream().map(Ownership::mark).sorted().collect(Collectors.joining());
  }

  private static String mark(String key) {
    byte[] hash = HexFormat.of().parseHex(Names.sha256(key));
    return Base64.getUrlEncoder().encodeToString(hash).substring(0, MARK_LENGTH);
  }

  /**
   * The keys of a resource that we set and that are not wanted any more, {@link #TAG_KEYS} among
   * them when no other is left. Never a key that somebody else has put there.
   *
   * @param actual all tags that AWS has
   * @param required all tags that the resource is to have of us
   */
  public static SortedSet<String> outdated(
      Map<String, String> actual, Map<String, String> required) {
    String marks = actual.getOrDefault(TAG_KEYS, "");
    Set<String> ours = new HashSet<>();
    for (int end = MARK_LENGTH; end <= marks.length(); end += MARK_LENGTH) {
      ours.add(marks.substring(end - MARK_LENGTH, end));
    }
    SortedSet<String> outdated = new TreeSet<>();
    for (String key : actual.keySet()) {
      boolean set = key.equals(TAG_KEYS) || !key.startsWith(PREFIX) && ours.contains(mark(key));
      if (set && !required.containsKey(key)) {
        outdated.add(key);
      }
    }
    return outdated;
  }

  /** Whether the tags say that this custom resource owns the thing. */
  public static boolean owns(Owner owner, Map<String, String> tags) {
    return owner.ownerId().equals(tags.get(OWNER_ID))
        && owner.reference().equals(tags.get(RESOURCE_OF));
  }

  /** The resource id in the tags; empty when absent or of a kind this version does not know. */
  public static Optional<ResourceId> resourceId(Map<String, String> tags) {
    String text = tags.getOrDefault(RESOURCE_ID, "");
    int slash = text.indexOf('/');
    if (slash < 1) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(text.substring(0, slash))) {
        return Optional.of(new ResourceId(kind, text.substring(slash + 1)));
      }
    }
    return Optional.empty();
  }
}
