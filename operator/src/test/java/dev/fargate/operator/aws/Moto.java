package dev.fargate.operator.aws;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * moto, an emulator of AWS that others have written, as a process of its own. It is not installed
 * by the build: {@code pip install 'moto[server]'}; without it the tests of {@code -Pmoto} fail.
 */
final class Moto implements AutoCloseable {
  /** Python imports a thousand modules first. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  Moto() {
    port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(List.of("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port)))
            .redirectErrorStream(true)
            .redirectOutput(new File("target", "moto.log"));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError("moto_server is needed for -Pmoto: pip install 'moto[server]'", e);
    }
    Awaitility.await("moto listens").atMost(PATIENCE).until(this::listens);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("moto_server ended with " + process.exitValue());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
