package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.acm.Certificates;
import dev.fargate.local.aws.elb.DataPlane;
import dev.fargate.local.aws.elb.RoutingTable;
import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.time.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Serves the listeners of all application load balancers over HTTP/1.1 and TLS on the loopback
 * interface, on exactly the ports they name. A request takes no lock of the endpoint.
 */
public final class LocalLoadBalancer implements DataPlane, Closeable {
  /** A thread serves one client connection; with an upload in progress, two. */
  private static final int MAX_THREADS = 1024;

  private static final long THREAD_IDLE_SECONDS = 30;

  /** Short beside a metric's minute, also with a large time scale. */
  private static final Duration FLUSH_PERIOD = Duration.ofMillis(250);

  private final Router router = new Router();
  private final TargetPool pool = new TargetPool();
  private final RequestCounts counts = new RequestCounts();
  private final Map<String, ListenerSocket> listeners = new HashMap<>();
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService workers =
      new ThreadPoolExecutor(
          0,
          MAX_THREADS,
          THREAD_IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "load-balancer-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
  private final TlsTermination tls;
  private final Scheduler.Scheduled flushing;

  /**
   * @param certificates what HTTPS listeners show
   */
  public LocalLoadBalancer(Scheduler scheduler, Metrics metrics, Certificates certificates) {
    tls = new TlsTermination(certificates);
    flushing = scheduler.every(FLUSH_PERIOD, "request counts", () -> counts.flush(metrics));
  }

  @Override
  public synchronized void open(String listenerArn, int port) throws IOException {
    ListenerSocket before = listeners.get(listenerArn);
    if (before != null && before.port() == port) {
      return;
    }
    ListenerSocket socket = new ListenerSocket(port);
    listeners.put(listenerArn, socket);
    socket.accept(
        listenerArn, new ClientConnection.Services(router, pool, counts, tls, workers), workers);
    if (before != null) {
      before.close();
    }
  }

  @Override
  public synchronized void close(String listenerArn) {
    ListenerSocket socket = listeners.remove(listenerArn);
    if (socket != null) {
      socket.close();
    }
  }

  @Override
  public void route(RoutingTable table) {
    router.use(table);
    Set<RoutingTable.Target> targets = new HashSet<>();
    table.pools().values().forEach(each -> targets.addAll(each.targets()));
    pool.keepOnly(targets);
    tls.keepOnly(
        table.listeners().values().stream()
            .filter(each -> each.tls() != null)
            .map(each -> each.tls().certificateArns())
            .collect(Collectors.toSet()));
  }

  @Override
  public synchronized void close() {
    flushing.cancel();
    listeners.values().forEach(ListenerSocket::close);
    listeners.clear();
    workers.shutdownNow();
    pool.keepOnly(Set.of());
  }
}
