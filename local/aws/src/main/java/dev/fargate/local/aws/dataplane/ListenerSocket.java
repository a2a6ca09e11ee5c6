package dev.fargate.local.aws.dataplane;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Accepts the clients of one listener on the IPv4 and, where there is one, the IPv6 loopback. */
final class ListenerSocket implements Closeable {
  private static final int BACKLOG = 512;

  /** A closed accept returns in microseconds; this only bounds a close that goes wrong. */
  private static final long CLOSE_PATIENCE_MILLIS = 2_000;

  private final List<ServerSocket> sockets = new ArrayList<>();
  private final List<Thread> acceptors = new ArrayList<>();
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final int port;

  ListenerSocket(int port) throws IOException {
    this.port = port;
    try {
      sockets.add(bind("127.0.0.1", port));
      if (hasIpv6()) {
        sockets.add(bind("::1", port));
      }
    } catch (IOException e) {
      closeSockets();
      throw e;
    }
  }

  int port() {
    return port;
  }

  private static ServerSocket bind(String address, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      BindException named = new BindException(address + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  private static boolean hasIpv6() {
    try (ServerSocket probe = bind("::1", 0)) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  void accept(String listenerArn, ClientConnection.Services services, Executor workers) {
    for (ServerSocket socket : sockets) {
      Thread acceptor =
          new Thread(() -> acceptOn(socket, listenerArn, services, workers), "listener-" + port);
      acceptor.setDaemon(true);
      acceptors.add(acceptor);
      acceptor.start();
    }
  }

  private void acceptOn(
      ServerSocket server,
      String listenerArn,
      ClientConnection.Services services,
      Executor workers) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        serve(client, listenerArn, services, workers);
      } catch (IOException e) {
        // Either this listener was closed, or one client left before it was served.
      }
    }
  }

  private void serve(
      Socket client, String listenerArn, ClientConnection.Services services, Executor workers)
      throws IOException {
    ClientConnection connection = new ClientConnection(client, listenerArn, services);
    connections.add(connection);
    try {
      workers.execute(
          () -> {
            try {
              connection.run();
            } finally {
              connections.remove(connection);
            }
          });
    } catch (RejectedExecutionException e) {
      connections.remove(connection);
      client.close();
    }
  }

  /** Accepts no more; requests in flight are finished. */
  @Override
  public void close() {
    closeSockets();
    awaitAcceptors();
    connections.forEach(ClientConnection::end);
  }

  /** The kernel accepts clients until the last thread has left its accept call. */
  private void awaitAcceptors() {
    try {
      for (Thread acceptor : acceptors) {
        acceptor.join(CLOSE_PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeSockets() {
    for (ServerSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // The port is free either way.
      }
    }
  }
}
