package dev.fargate.operator.reconcile;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;

/**
 * That only one process acts, by a Lease.
 *
 * @param namespace where the Lease lives
 * @param identity of this process
 * @param ended called once leading has ended, for whatever reason; must return at once
 */
public record LeaderElection(String namespace, String identity, Runnable ended) {
  /** The Lease's name. */
  public static final String LEASE = "fargate-operator";

  void configure(ConfigurationServiceOverrider sdk) {
    sdk.withLeaderElectionConfiguration(
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
            .withLeaseNamespace(namespace)
            .withIdentity(identity)
            .withLeaseDuration(Leadership.LEASE_DURATION)
            .withRenewDeadline(Leadership.RENEW_DEADLINE)
            .withRetryPeriod(Leadership.RETRY_PERIOD)
            .withLeaderCallbacks(new LeaderCallbacks(() -> {}, ended, leader -> {}))
            // The operator SDK would call System.exit also when it is stopped, in the very shutdown
            // hook that stops it: that never returns.
            .withExitOnStopLeading(false)
            .build());
  }
}
