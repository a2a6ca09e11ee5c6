package dev.fargate.local.quickstart.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Writes ports of this machine into a sample. A load balancer of the local AWS endpoint listens on
 * exactly the port that its listener names, and on a laptop port 80 is neither free nor allowed.
 */
public final class ListenerPorts {
  private final Map<String, Integer> chosen = new HashMap<>();
  private final IntUnaryOperator free;
  private int wish;

  private ListenerPorts(int wish, IntUnaryOperator free) {
    this.wish = wish;
    this.free = free;
  }

  /**
   * Replaces the ports of all listeners, and what apps say of them in {@code listenerPort}.
   *
   * @param wish for the first listener that serves pages, the one that a person opens; 0 for any
   * @param free gives a free port for a wish (0 = any)
   */
  public static void write(Sample sample, int wish, IntUnaryOperator free) {
    ListenerPorts ports = new ListenerPorts(wish, free);
    sample.ofKind("FargateEnvironment").forEach(ports::writeListeners);
    sample.ofKind("FargateApp").forEach(app -> ports.writeReferences(app, sample));
  }

  private void writeListeners(ObjectNode environment) {
    for (JsonNode balancer : environment.at("/spec/loadBalancers")) {
      for (JsonNode listener : balancer.path("listeners")) {
        boolean servesPages =
            listener.path("protocol").asText().equals("HTTP") && !listener.has("redirect");
        int port = free.applyAsInt(servesPages ? wish : 0);
        if (servesPages) {
          wish = 0;
        }
        chosen.put(key(environment, balancer, listener.path("port").asInt()), port);
        ((ObjectNode) listener).put("port", port);
      }
    }
  }

  private void writeReferences(ObjectNode app, Sample sample) {
    for (ObjectNode environment : sample.ofKind("FargateEnvironment")) {
      String wanted = app.at("/spec/environment").asText("default");
      if (!wanted.equals(environment.at("/metadata/name").asText())) {
        continue;
      }
      JsonNode balancers = environment.at("/spec/loadBalancers");
      for (JsonNode ingress : app.at("/spec/ingresses")) {
        for (JsonNode balancer : balancers) {
          // Without a name, an ingress means the only load balancer.
          boolean meant =
              ingress.has("loadBalancer")
                  ? ingress.path("loadBalancer").equals(balancer.path("name"))
                  : balancers.size() == 1;
          Integer port =
              chosen.get(key(environment, balancer, ingress.path("listenerPort").asInt()));
          if (meant && port != null) {
            ((ObjectNode) ingress).put("listenerPort", port);
          }
        }
      }
    }
  }

  private static String key(JsonNode environment, JsonNode balancer, int port) {
    return environment.at("/metadata/name").asText()
        + "/"
        + balancer.path("name").asText()
        + "/"
        + port;
  }
}
