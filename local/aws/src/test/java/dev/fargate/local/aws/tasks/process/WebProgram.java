package dev.fargate.local.aws.tasks.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A web server for tasks under test: it says its version, crashes, and looks for its database. */
public final class WebProgram {
  private WebProgram() {}

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(System.getenv("BIND_ADDRESS")), 3000), 200);
    server.createContext("/", exchange -> answer(exchange, 200, args[0]));
    server.createContext("/healthz", exchange -> answer(exchange, 200, "ok"));
    server.createContext("/crash", exchange -> Runtime.getRuntime().halt(1));
    server.createContext("/db", exchange -> answer(exchange, 200, database()));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
    TimeUnit.DAYS.sleep(1);
  }

  private static String database() {
    try (Socket socket = new Socket("db.test.local", 27_017)) {
      return "reached " + socket.getInetAddress().getHostAddress();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
