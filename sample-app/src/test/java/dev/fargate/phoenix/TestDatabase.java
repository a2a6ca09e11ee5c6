package dev.fargate.phoenix;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A MongoDB in this JVM; it knows no users. */
final class TestDatabase implements AutoCloseable {
  private final MongoServer server = new MongoServer(new Backend());
  private final InetSocketAddress address;
  private final CompletableFuture<Void> insertHeld = new CompletableFuture<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

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

  /** Lets every insert wait from now on. */
  void holdInserts() {
    gate = new CountDownLatch(1);
  }

  /** Waits until an insert is being held. */
  void awaitHeldInsert() {
    insertHeld.join();
  }

  void releaseInserts() {
    gate.countDown();
  }

  @Override
  public void close() {
    releaseInserts();
    server.shutdownNow();
  }

  private final class Backend extends MemoryBackend {
    @Override
    public Document handleMessage(MongoMessage message) {
      if (message.getDocument().containsKey("insert") && gate.getCount() > 0) {
        insertHeld.complete(null);
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return super.handleMessage(message);
    }
  }
}
