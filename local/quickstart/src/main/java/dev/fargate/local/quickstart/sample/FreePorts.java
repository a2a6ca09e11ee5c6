package dev.fargate.local.quickstart.sample;

import dev.fargate.local.quickstart.QuickstartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ports that nobody listens on, each given once. They are not listened on at once, but when the
 * operator makes the load balancer; until then, and as long as this object lives, another
 * quickstart on the same machine does not get them either.
 */
public final class FreePorts implements ListenerPorts.Ports, AutoCloseable {
  /**
   * Below the ranges from which systems take the ports of outgoing connections: such a port could
   * be taken again before the load balancer listens on it.
   */
  private static final int FIRST = 8080;

  private static final int LAST = 9999;

  /** Load balancers listen on the loopback addresses proper, claims on this one. */
  private static final byte[] CLAIMS = {127, 0, 0, 2};

  private final Set<Integer> given = new HashSet<>();
  private final List<ServerSocket> claims = new ArrayList<>();

  /** Not so where a system has but one loopback address; there, ports are only looked at. */
  private final boolean claimable = isFree(claimAddress(), 0);

  /**
   * @param wish the port wanted, 0 for any
   * @throws QuickstartFailure when somebody else listens on the wanted one, or is about to
   */
  @Override
  public int take(int wish) {
    if (wish != 0) {
      if (!takes(wish)) {
        throw new QuickstartFailure(
            "Port %d cannot be listened on: it is taken, or you may not use it. Choose another with --lb-port, 0 for any free one."
                .formatted(wish));
      }
      return wish;
    }
    for (int port = FIRST; port <= LAST; port++) {
      if (takes(port)) {
        return port;
      }
    }
    throw new QuickstartFailure("No port from %d to %d is free.".formatted(FIRST, LAST));
  }

  @Override
  public int prefer(int own) {
    return takes(own) ? own : take(0);
  }

  private boolean takes(int port) {
    if (given.contains(port) || !isFree(InetAddress.getLoopbackAddress(), port)) {
      return false;
    }
    if (claimable) {
      try {
        claims.add(listen(claimAddress(), port));
      } catch (IOException claimed) {
        return false;
      }
    }
    return given.add(port);
  }

  private static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = listen(address, port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static InetAddress claimAddress() {
    try {
      return InetAddress.getByAddress(CLAIMS);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static ServerSocket listen(InetAddress address, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port), 1);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Gives up the claims. */
  @Override
  public void close() {
    for (ServerSocket claim : claims) {
      try {
        claim.close();
      } catch (IOException e) {
        // It goes with the process at the latest.
      }
    }
    claims.clear();
  }
}
