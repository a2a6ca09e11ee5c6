package dev.fargate.operator.reconcile;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether this process may write to AWS now. The operator SDK has no renewal callback, so one
 * informer watches the Lease: leadership is held while our own renewal was seen less than the lease
 * duration ago, on the monotonic clock. A process that was frozen and wakes up has seen no renewal
 * and so writes nothing (decision 19, R13).
 */
public final class Leadership implements BooleanSupplier, AutoCloseable {
  /** As Kubernetes' own controllers: another may take over this long after the last renewal. */
  public static final Duration LEASE_DURATION = Duration.ofSeconds(15);

  /** The holder gives up renewing well before the others may take over. */
  public static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  public static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  private final String identity;
  private final LongSupplier nanoTime;
  private volatile long renewedAt;
  private volatile boolean holder;
  private SharedIndexInformer<Lease> informer;

  /**
   * @param nanoTime the monotonic clock
   */
  public Leadership(String identity, LongSupplier nanoTime) {
    this.identity = identity;
    this.nanoTime = nanoTime;
  }

  /** Begins to watch the Lease. */
  public Leadership watch(KubernetesClient client, String namespace, String leaseName) {
    informer =
        client
            .leases()
            .inNamespace(namespace)
            .withName(leaseName)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Lease lease) {
                    seen(lease);
                  }

                  @Override
                  public void onUpdate(Lease before, Lease after) {
                    seen(after);
                  }

                  @Override
                  public void onDelete(Lease lease, boolean stateUnknown) {
                    holder = false;
                  }
                });
    return this;
  }

  /** A state of the Lease; each one that names us counts as a renewal. */
  void seen(Lease lease) {
    holder = lease.getSpec() != null && identity.equals(lease.getSpec().getHolderIdentity());
    renewedAt = nanoTime.getAsLong();
  }

  @Override
  public boolean getAsBoolean() {
    return holder && nanoTime.getAsLong() - renewedAt < LEASE_DURATION.toNanos();
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.stop();
    }
  }
}
