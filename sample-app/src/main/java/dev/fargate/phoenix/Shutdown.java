package dev.fargate.phoenix;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens on SIGTERM. The load balancer learns that the task is going at the same moment as
 * the task itself, and sends requests for a while longer: so serve on, asking clients to move, and
 * only then close the door.
 */
final class Shutdown {
  /**
   * With the default of PRESTOP_SECONDS and the last flush this stays inside ECS's default stop
   * timeout of 30 s.
   */
  static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

  /** For the last entries of the access log. */
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final Duration prestop;
  private final WebServer server;
  private final AccessLog log;

  Shutdown(Duration prestop, WebServer server, AccessLog log) {
    this.prestop = prestop;
    this.server = server;
    this.log = log;
  }

  /** Has the JVM do this on SIGTERM (and SIGINT and SIGHUP). */
  void onSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::run, "shutdown"));
  }

  private void run() {
    try {
      LOG.info("stopping: serving on for {} s, then draining", prestop.toSeconds());
      server.askClientsToMove();
      Thread.sleep(prestop.toMillis());
      server.closeListener();
      boolean drained = server.awaitIdle(DRAIN_LIMIT);
      LOG.info(
          drained
              ? "stopped: every request is answered"
              : "stopped: some requests took longer than the drain limit");
      log.flush(FLUSH_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      System.out.flush();
      // An orderly end is status 0; the JVM's own would be 143, as if the signal had killed it.
      Runtime.getRuntime().halt(0);
    }
  }
}
