package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.RoutingTable;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection to a target, used for one request at a time. */
final class TargetConnection implements Closeable {
  private final SocketChannel channel;
  private final HttpInput in;
  private final OutputStream out;
  private long idleSince;

  private TargetConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.in = new HttpInput(channel.socket().getInputStream());
    this.out = new BufferedOutputStream(channel.socket().getOutputStream(), 16 * 1024);
  }

  /**
   * @throws java.net.SocketTimeoutException when nobody answers in time
   * @throws java.net.ConnectException when the target refuses
   */
  static TargetConnection open(RoutingTable.Target target, int timeoutMillis) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(new InetSocketAddress(target.ip(), target.port()), timeoutMillis);
      return new TargetConnection(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  HttpInput in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /** How long a read may take from now on. */
  void patience(int millis) throws IOException {
    channel.socket().setSoTimeout(millis);
  }

  void idleFrom(long nanos) {
    idleSince = nanos;
  }

  long idleSince() {
    return idleSince;
  }

  /**
   * Whether the target still holds its end open and has said nothing out of turn. Asked right
   * before a request is sent, since a target may close an idle connection at any time.
   */
  boolean usable() {
    if (in.buffered()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return read == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is expected from it any more.
    }
  }
}
