package dev.fargate.operator.reconcile;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.UUID;

/**
 * That only one process acts, by a Lease.
 *
 * @param namespace where the Lease lives
 * @param leadership is told what becomes of it
 * @param ended called once leading has ended, for whatever reason; must return at once
 */
public record LeaderElection(String namespace, Leadership leadership, Runnable ended) {
  /** The Lease's name. */
  public static final String LEASE = "fargate-operator";

  void configure(ConfigurationServiceOverrider sdk) {
    sdk.withLeaderElectionConfiguration(
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
            .withLeaseNamespace(namespace)
            .withIdentity(UUID.randomUUID().toString())
            .withLeaseDuration(Leadership.LEASE_DURATION)
            .withRenewDeadline(Leadership.RENEW_DEADLINE)
            .withRetryPeriod(Leadership.RETRY_PERIOD)
            .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stopped, leader -> {}))
            // The operator SDK would call System.exit also when it is stopped, in the very shutdown
            // hook that stops it: that never returns.
            .withExitOnStopLeading(false)
            .build());
  }

  /** What hears the requests for the Lease; one per client. */
  LeaseRequests requests() {
    return new LeaseRequests(leadership, namespace, LEASE);
  }

  private void stopped() {
    leadership.lost();
    ended.run();
  }
}
