package dev.fargate.local.quickstart.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Writes ports of this machine into a sample. A load balancer of the local AWS endpoint listens on
 * exactly the port that its listener names, and on a laptop port 80 is often neither free nor
 * allowed.
 */
public final class ListenerPorts {
  private final Map<String, Integer> chosen = new HashMap<>();
  private final Ports free;
  private OptionalInt wish;
  private boolean changed;

  /** What this machine has to give. */
  public interface Ports {
    /**
     * @param wish the port wanted, 0 for any
     * @throws dev.fargate.local.quickstart.QuickstartFailure when it cannot be had
     */
    int take(int wish);

    /** The port named, if it can be had, else any other. */
    int prefer(int own);
  }

  private ListenerPorts(OptionalInt wish, Ports free) {
    this.wish = wish;
    this.free = free;
  }

  /**
   * Replaces the ports of all listeners that cannot be had here, and what apps say of them in
   * {@code listenerPort}.
   *
   * @param wish for the first listener that serves pages, the one that a person opens, 0 for any;
   *     empty to prefer its own, as the others do
   * @return whether the sample is now another than it was
   */
  public static boolean write(Sample sample, OptionalInt wish, Ports free) {
    ListenerPorts ports = new ListenerPorts(wish, free);
    sample.ofKind("FargateEnvironment").forEach(ports::writeListeners);
    sample.ofKind("FargateApp").forEach(app -> ports.writeReferences(app, sample));
    return ports.changed;
  }

  private void writeListeners(ObjectNode environment) {
    for (JsonNode balancer : environment.at("/spec/loadBalancers")) {
      for (JsonNode listener : balancer.path("listeners")) {
        boolean servesPages =
            listener.path("protocol").asText().equals("HTTP") && !listener.has("redirect");
        int own = listener.path("port").asInt();
        int port = servesPages && wish.isPresent() ? free.take(wish.getAsInt()) : free.prefer(own);
        if (servesPages) {
          wish = OptionalInt.empty();
        }
        changed |= port != own;
        chosen.put(key(environment, balancer, own), port);
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
