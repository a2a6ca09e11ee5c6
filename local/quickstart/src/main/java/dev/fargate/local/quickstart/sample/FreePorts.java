package dev.fargate.local.quickstart.sample;

import dev.fargate.local.quickstart.QuickstartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports that nobody listens on, each given once. */
public final class FreePorts {
  /**
   * Below the ranges from which systems take the ports of outgoing connections: such a port could
   * be taken again before the load balancer listens on it.
   */
  private static final int FIRST = 8080;

  private static final int LAST = 9999;

  private final Set<Integer> given = new HashSet<>();

  /**
   * @param wish the port wanted, 0 for any
   * @throws QuickstartFailure when somebody else listens on the wanted one
   */
  public int take(int wish) {
    if (wish != 0) {
      if (given.contains(wish) || !isFree(wish)) {
        throw new QuickstartFailure(
            "Port %d cannot be listened on: it is taken, or you may not use it. Choose another with --lb-port, 0 for any free one."
                .formatted(wish));
      }
      given.add(wish);
      return wish;
    }
    for (int port = FIRST; port <= LAST; port++) {
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new QuickstartFailure("No port from %d to %d is free.".formatted(FIRST, LAST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
