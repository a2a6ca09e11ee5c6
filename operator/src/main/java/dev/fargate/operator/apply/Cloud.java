package dev.fargate.operator.apply;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.ConnectionSecret;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * AWS as one environment's passes see it: reads from the snapshot, narrow fresh reads, and the one
 * way to write.
 */
public interface Cloud {
  /** Whether a first full sweep has completed: nothing is planned before (decision 19). */
  boolean ready();

  /** The start of the latest complete sweep; empty before the first. */
  Optional<Instant> observedAt();

  /** Why the latest sweep did not complete, for people; empty when it did. */
  Optional<String> lastError();

  /**
   * Why something could not be read in several sweeps in a row, the same words each time; empty
   * when all was read lately.
   */
  Optional<String> unread();

  /**
   * Why nothing is known of AWS: as {@link #unread}, but a kind that we are not allowed to read
   * does not count.
   */
  Optional<String> unreadable();

  /**
   * What the snapshot has for this stack's owner and for the names and listeners the stack uses.
   */
  Observed observe(Stack stack);

  /** Fresh reads of exactly what the plan would change, laid over the snapshot (decision 7). */
  Observed narrow(Stack stack, Plan plan);

  /**
   * Looks in AWS itself for what the plan would create, whoever has made it, and at what it would
   * take over, and lays that over the snapshot.
   */
  Observed search(Stack stack, Plan plan);

  /**
   * Reads all that the stack's owner has, and all that it wants, from AWS itself.
   *
   * @param known what the references of the stack resolve to
   * @return whether that was done; not when AWS did not answer, and not so soon after another such
   *     read that a loop over it would be a storm
   */
  boolean refresh(Stack stack, Resolution known);

  /** Carries out what is unblocked. Asks for leadership before every write. */
  List<Outcome> apply(Stack stack, Plan plan, BooleanSupplier leadershipHeld);

  /** Makes or repairs the Kubernetes Secret of a database's connection. */
  Publication publish(
      ConnectionSecret wanted, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld);

  /** Deletes the one that {@link #publish} has made for this object. */
  Publication withdraw(
      Owner owner, String ownerUid, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld);

  /**
   * Which rights and service-linked roles AWS has refused a call for in the last minutes; sorted,
   * empty when none.
   */
  List<Lacking> lacking();

  /** Marks an owner as in rollout (read every few seconds, with targets and failures) or not. */
  void watchRollout(Owner owner, boolean inRollout);

  /** Things that an environment refers to but does not own. */
  Lookups lookups();

  /** Read-only questions about the account and its network; answers are cached. */
  interface Lookups {
    String accountId();

    /** Subnet ids that carry all these tags, in the VPC. */
    List<String> subnets(String vpcId, Map<String, String> tags);

    /** Ids of the given that do not exist in the VPC. */
    Set<String> missingSubnets(String vpcId, List<String> ids);

    /**
     * The availability zone of each of these subnets; one that does not exist lacks.
     *
     * @return subnet id to zone
     */
    Map<String, String> zones(String vpcId, List<String> ids);

    /**
     * Where the default route of each of these subnets leads.
     *
     * @return subnet id to route
     */
    Map<String, DefaultRoute> defaultRoutes(String vpcId, List<String> subnetIds);

    /** Whether there is a file system of this id, whoever owns it. */
    boolean fileSystemExists(String id);

    /** The file system that this owner has, with its id, from the last sweep. */
    Optional<KeptFileSystem> fileSystem(Owner owner);

    /** How far the restore of this owner's database is, from the last sweep; empty for none. */
    Optional<Restore.Progress> restore(Owner owner);

    /**
     * A recovery point of this owner's own file system; empty where AWS Backup has none of this ARN
     * of it.
     */
    Optional<RecoveryPoint> recoveryPoint(Owner owner, String arn);

    /** A load balancer that others own, with its listeners; empty when there is none. */
    Optional<ExistingLoadBalancer> loadBalancer(String arn);

    /** The id of a private DNS namespace of this domain in the VPC. */
    Optional<String> privateDnsNamespace(String domain, String vpcId);

    /** The ARN of an ACTIVE cluster of this name. */
    Optional<String> cluster(String name);

    /**
     * What is wrong with a hosted zone for the names of a domain; empty when it is a public zone
     * that holds them.
     */
    Optional<String> hostedZoneFault(String hostedZoneId, String domain);

    /** The newest line of a log stream, as it was written; empty while there is none. */
    Optional<String> lastLogLine(String logGroup, String logStream);

    /**
     * The digest that the tasks of a deployment run an image with; empty when they do not tell, or
     * we may not ask.
     *
     * @param deploymentId ECS's id of the deployment
     */
    Optional<String> imageDigest(String serviceName, String deploymentId, String image);
  }

  /** Where a subnet sends what has no nearer route. */
  enum DefaultRoute {
    /** Nowhere: only VPC endpoints and peers can be reached. */
    NONE,
    /** To an internet gateway, which carries only what has a public address. */
    INTERNET_GATEWAY,
    /** To a NAT gateway, a transit gateway, an appliance: it leads out for a private address. */
    OTHER
  }

  /**
   * @param state provisioning, active, active_impaired or failed
   */
  record ExistingLoadBalancer(
      String arn,
      String dnsName,
      String canonicalHostedZoneId,
      String state,
      String securityGroupId,
      List<ExistingListener> listeners) {}

  /** A database's own file system as AWS has it. */
  record KeptFileSystem(String fileSystemId, FileSystem settings) {}

  /**
   * @param status COMPLETED where it is whole
   */
  record RecoveryPoint(String status, Map<String, String> tags) {
    public RecoveryPoint {
      tags = Map.copyOf(tags);
    }
  }

  record ExistingListener(int port, String protocol, String arn, boolean redirects) {}
}
