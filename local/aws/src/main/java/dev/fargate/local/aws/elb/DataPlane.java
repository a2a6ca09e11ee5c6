package dev.fargate.local.aws.elb;

import java.io.IOException;

/** What serves listeners for real. There is none where time is virtual. */
public interface DataPlane {
  /**
   * Starts listening on the loopback addresses. A listener that is open on another port moves: the
   * old port is closed only when the new one is open.
   *
   * @throws IOException when the port cannot be had; the message says why
   */
  void open(String listenerArn, int port) throws IOException;

  /** Stops listening; requests in flight are finished. Unknown listeners are ignored. */
  void close(String listenerArn);

  /** Requests that begin from now on follow this table. */
  void route(RoutingTable table);
}
