package dev.fargate.local.aws;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What a process task runs in tests: answers its pid and environment, ends on {@code /crash}. */
public final class EchoServer {
  private EchoServer() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(args[0]), 3000);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/crash", exchange -> Runtime.getRuntime().halt(1));
    server.createContext(
        "/",
        exchange -> {
          String text = ProcessHandle.current().pid() + " " + System.getenv("GREETING");
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println("serving on " + address);
  }
}
