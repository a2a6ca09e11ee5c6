package dev.fargate.operator.flow;

import dev.fargate.local.aws.elb.RequestLine;
import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients of the load balancers of a virtual world. They try every way that requests were routed,
 * also between two calls of one pass, and follow redirects.
 */
final class Clients {
  private final List<RoutingTable> tables = new ArrayList<>();

  Clients(VirtualWorld world) {
    world.aws.onRouting(tables::add);
  }

  /** Forgets what was; only what comes counts. */
  void forget() {
    RoutingTable last = tables.get(tables.size() - 1);
    tables.clear();
    tables.add(last);
  }

  /**
   * What a client got at a port over time, each change once, {@code served} for a target's answer.
   */
  List<String> answersAt(int port) {
    List<String> answers = new ArrayList<>();
    for (RoutingTable table : tables) {
      String answer = answer(table, port, 0);
      if (answers.isEmpty() || !answers.get(answers.size() - 1).equals(answer)) {
        answers.add(answer);
      }
    }
    return answers;
  }

  /** The certificates of a port over time, each change once, the default one first. */
  List<List<String>> certificatesAt(int port) {
    Map<List<String>, Boolean> seen = new LinkedHashMap<>();
    for (RoutingTable table : tables) {
      for (RoutingTable.ListenerRoutes listener : table.listeners().values()) {
        if (listener.port() == port && listener.tls() != null) {
          seen.put(listener.tls().certificateArns(), true);
        }
      }
    }
    return List.copyOf(seen.keySet());
  }

  private static String answer(RoutingTable table, int port, int redirects) {
    RoutingTable.ListenerRoutes listener =
        table.listeners().values().stream()
            .filter(each -> each.port() == port)
            .findFirst()
            .orElse(null);
    if (listener == null) {
      return "refused";
    }
    RouteAction action =
        listener.choose(new RequestLine("GET", "any.example.com", "/", "", "192.0.2.1", Map.of()));
    if (action instanceof RouteAction.Redirect redirect) {
      return redirects > 2
          ? "loop"
          : answer(table, Integer.parseInt(redirect.port()), redirects + 1);
    }
    if (action instanceof RouteAction.FixedResponse fixed) {
      return String.valueOf(fixed.status());
    }
    String group = ((RouteAction.Forward) action).groups().get(0).targetGroupArn();
    return table.pools().get(group).targets().isEmpty() ? "503" : "served";
  }
}
