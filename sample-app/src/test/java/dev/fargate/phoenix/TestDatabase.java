package dev.fargate.phoenix;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/** A MongoDB in this JVM; it knows no users. */
final class TestDatabase implements AutoCloseable {
  private final MongoServer server = new MongoServer(new MemoryBackend());
  private final InetSocketAddress address;

  TestDatabase() {
    this("127.0.0.1", 0);
  }

  TestDatabase(String host, int port) {
    server.bind(host, port);
    address = server.getLocalAddress();
  }

  int port() {
    return address.getPort();
  }

  String uri() {
    return "mongodb://" + address.getHostString() + ":" + port() + "/demoDB";
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
