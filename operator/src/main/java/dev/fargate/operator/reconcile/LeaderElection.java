package dev.fargate.operator.reconcile;

import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;

/**
 * That only one process acts, by a Lease.
 *
 * @param namespace where the Lease lives
 * @param identity of this process
 */
public record LeaderElection(String namespace, String identity) {
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
            .build());
  }
}
