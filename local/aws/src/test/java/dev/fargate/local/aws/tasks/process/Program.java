package dev.fargate.local.aws.tasks.process;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A small Java program for tasks under test. */
public final class Program {
  private Program() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "resolve" -> {
        while (true) {
          System.out.println(args[1] + " is " + address(args[1]));
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
      case "listen" -> {
        try (ServerSocket socket =
            new ServerSocket(Integer.parseInt(args[2]), 5, InetAddress.getByName(args[1]))) {
          System.out.println("listening on " + socket.getLocalSocketAddress());
          TimeUnit.DAYS.sleep(1);
        }
      }
      case "host" -> {
        // Not closed on purpose: the test kills this very process.
        ProcessFixture host =
            new ProcessFixture(
                ImageTable.of(
                    ProcessFixture.shell(
                        "sleeper", "sleep 1000 & echo pid $!; echo pid $$; wait")));
        host.start(ProcessFixture.container("sleeper"));
        while (host.log.size() < 2) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
        host.log.forEach(System.out::println);
        System.out.flush();
        TimeUnit.DAYS.sleep(1);
      }
      default -> throw new IllegalArgumentException(Map.of("argument", args[0]).toString());
    }
  }

  private static String address(String name) {
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
