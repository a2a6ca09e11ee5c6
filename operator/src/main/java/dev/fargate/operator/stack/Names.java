package dev.fargate.operator.stack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Deterministic names of AWS resources: readable, with a hash that covers the installation, the
 * custom resource, the resource id and the immutable fields, so that {@code a-b}/{@code c} and
 * {@code a}/{@code b-c} never meet and a replacement gets another name than its predecessor
 * (decision 5).
 */
public final class Names {
  /** ECS names, families, security group names (AWS-FACTS 2). */
  private static final int LONG_LIMIT = 255;

  /** Target groups and load balancers (AWS-FACTS 2). */
  private static final int SHORT_LIMIT = 32;

  /** Creation and client tokens of EFS (AWS-FACTS 2). */
  private static final int TOKEN_LIMIT = 64;

  /** 24 bits: enough beside the readable part, which differs for nearly all pairs already. */
  private static final int LONG_HASH_DIGITS = 6;

  /** 40 bits, since the readable part of a short name is cut off. */
  private static final int SHORT_HASH_DIGITS = 10;

  private Names() {}

  /** {@code <namespace>-<name>-<hash6>}, at most 255 characters of {@code [a-z0-9-]}. */
  public static String readable(Owner owner, ResourceId id, Object... immutableFields) {
    return fit(owner, id, LONG_LIMIT, LONG_HASH_DIGITS, immutableFields);
  }

  /** As {@link #readable}, for the kinds with 32 characters. */
  public static String compact(Owner owner, ResourceId id, Object... immutableFields) {
    return fit(owner, id, SHORT_LIMIT, SHORT_HASH_DIGITS, immutableFields);
  }

  /** As {@link #readable}, for tokens of 64 characters. */
  public static String token(Owner owner, ResourceId id, Object... immutableFields) {
    return fit(owner, id, TOKEN_LIMIT, SHORT_HASH_DIGITS, immutableFields);
  }

  /** {@code /fargate/<ownerId>/<namespace>/<name>}; a database's ends in {@code /database}. */
  public static String logGroup(Owner owner) {
    return "/fargate/" + path(owner);
  }

  /**
   * {@code /fargate/<ownerId>/_shared/<environment>/<name>}; no namespace begins with an
   * underscore.
   */
  public static String sharedLogGroup(Owner environment, String name) {
    return "/fargate/" + environment.ownerId() + "/_shared/" + environment.name() + "/" + name;
  }

  /** {@code fargate/<ownerId>/<namespace>/<name>/<part>}. */
  public static String secret(Owner owner, String part) {
    return "fargate/" + path(owner) + "/" + part;
  }

  /** {@code fargate/<ownerId>/<namespace>/<name>/<alarm>}: readable where people hear of it. */
  public static String alarm(Owner owner, String alarm) {
    return alarmPrefix(owner.ownerId())
        + path(owner).substring(owner.ownerId().length() + 1)
        + "/"
        + alarm;
  }

  /** What all alarms of an installation begin with. */
  public static String alarmPrefix(String ownerId) {
    return "fargate/" + ownerId + "/";
  }

  private static String path(Owner owner) {
    String path = owner.ownerId() + "/" + owner.namespace() + "/" + owner.name();
    return owner.kind().equals("FargateDatabase") ? path + "/database" : path;
  }

  private static String fit(
      Owner owner, ResourceId id, int limit, int hashDigits, Object... fields) {
    StringBuilder hashed = new StringBuilder();
    for (String part :
        new String[] {
          owner.ownerId(), owner.kind(), owner.namespace(), owner.name(), id.toString()
        }) {
      hashed.append(part).append('\n');
    }
    for (Object field : fields) {
      hashed.append(field).append('\n');
    }
    String readable =
        owner.namespace().isEmpty() ? owner.name() : owner.namespace() + "-" + owner.name();
    // Kubernetes names may hold dots, which AWS names may not.
    readable = readable.replace('.', '-');
    int room = limit - hashDigits - 1;
    if (readable.length() > room) {
      readable = readable.substring(0, room);
    }
    // No doubled hyphen, and never the prefix that AWS keeps for itself (load balancers).
    readable = readable.replaceAll("-+$", "").replaceFirst("^internal-", "int-");
    return readable + "-" + sha256(hashed.toString()).substring(0, hashDigits);
  }

  /** SHA-256 as 64 lower-case hexadecimal digits. */
  public static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
