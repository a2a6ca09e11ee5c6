package dev.fargate.local.aws.sts;

import dev.fargate.local.aws.call.Principals;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.CredentialScope;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import dev.fargate.local.aws.wire.Unsupported;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * AWS STS: who am I, and temporary credentials for roles. Permanent access keys need no
 * registration: any id that does not start with {@code ASIA} belongs to the account.
 */
public final class SecurityTokens implements ServiceBehaviour, Principals {
  /** AssumeRole's default. */
  private static final Duration DEFAULT_SESSION = Duration.ofHours(1);

  /** Ids of temporary access keys start so. */
  private static final String TEMPORARY = "ASIA";

  private final Scheduler scheduler;
  private final String accountId;
  private final Map<String, Role> roles;
  private final Map<String, Session> sessions = new HashMap<>();

  /**
   * A role that callers may assume.
   *
   * @param externalId what a caller must give; empty when none is asked
   */
  public record Role(String arn, Optional<String> externalId) {
    String name() {
      return arn.substring(arn.lastIndexOf('/') + 1);
    }
  }

  public SecurityTokens(Scheduler scheduler, String accountId, List<Role> roles) {
    this.scheduler = scheduler;
    this.accountId = accountId;
    this.roles = roles.stream().collect(Collectors.toMap(Role::arn, Function.identity()));
  }

  @Override
  public String signingName() {
    return "sts";
  }

  @Override
  public Set<String> operations() {
    return Set.of("AssumeRole", "GetCallerIdentity");
  }

  @Override
  public Caller caller(CredentialScope scope) {
    return scheduler.locked(
        () -> {
          if (!scope.accessKeyId().startsWith(TEMPORARY)) {
            return new Caller(accountId, scope.region(), scope.accessKeyId());
          }
          Session session = sessions.get(scope.accessKeyId());
          boolean query = Set.of("sts", "ec2", "elasticloadbalancing").contains(scope.service());
          if (session == null || !scope.sessionToken().equals(Optional.of(session.token))) {
            throw new AwsException(
                query ? "InvalidClientTokenId" : "UnrecognizedClientException",
                "The security token included in the request is invalid.",
                query ? 403 : 400,
                Struct.of());
          }
          if (!scheduler.now().isBefore(session.expires)) {
            throw new AwsException(
                query ? "ExpiredToken" : "ExpiredTokenException",
                "The security token included in the request is expired",
                query ? 403 : 400,
                Struct.of());
          }
          return new Caller(accountId, scope.region(), session.arn);
        });
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return switch (operation) {
      case "AssumeRole" -> assumeRole(input, caller);
      case "GetCallerIdentity" -> identity(caller);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private Struct identity(Caller caller) {
    String arn = arn(caller);
    String userId =
        arn.contains(":assumed-role/")
            ? roleId(arn.split("/")[1]) + ":" + arn.split("/")[2]
            : "AIDA" + padded(caller.principal());
    return Struct.of().with("UserId", userId).with("Account", caller.accountId()).with("Arn", arn);
  }

  private Struct assumeRole(Struct input, Caller caller) {
    String roleArn = input.required("RoleArn");
    Role role =
        Optional.ofNullable(roles.get(roleArn))
            .filter(
                known ->
                    known.externalId().isEmpty()
                        || known.externalId().equals(input.string("ExternalId")))
            .orElseThrow(
                () ->
                    new AwsException(
                        "AccessDenied",
                        "User: "
                            + arn(caller)
                            + " is not authorized to perform: sts:AssumeRole on resource: "
                            + roleArn,
                        403,
                        Struct.of()));
    Unsupported.refuseOthers(
        "AssumeRole", input, Set.of("RoleArn", "RoleSessionName", "ExternalId", "DurationSeconds"));
    String sessionName = input.required("RoleSessionName");
    int number = sessions.size() + 1;
    String accessKey = TEMPORARY + "%016d".formatted(number);
    String arn = "arn:aws:sts::" + accountId + ":assumed-role/" + role.name() + "/" + sessionName;
    Duration length =
        input.integer("DurationSeconds").map(Duration::ofSeconds).orElse(DEFAULT_SESSION);
    Session session = new Session(arn, "local-session-" + number, scheduler.now().plus(length));
    sessions.put(accessKey, session);
    return Struct.of()
        .with(
            "Credentials",
            Struct.of()
                .with("AccessKeyId", accessKey)
                .with("SecretAccessKey", "local-secret-" + number)
                .with("SessionToken", session.token)
                .with("Expiration", session.expires))
        .with(
            "AssumedRoleUser",
            Struct.of()
                .with("AssumedRoleId", roleId(role.name()) + ":" + sessionName)
                .with("Arn", arn));
  }

  private static String arn(Caller caller) {
    return caller.principal().startsWith("arn:")
        ? caller.principal()
        : "arn:aws:iam::" + caller.accountId() + ":user/" + caller.principal();
  }

  private static String roleId(String roleName) {
    return "AROA" + padded(roleName);
  }

  private static String padded(String text) {
    String letters = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return (letters + "0".repeat(17)).substring(0, 17);
  }

  private record Session(String arn, String token, Instant expires) {}
}
