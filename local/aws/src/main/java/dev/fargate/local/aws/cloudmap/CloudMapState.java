package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.wire.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything Cloud Map knows, by ARN. */
final class CloudMapState {
  final Map<String, Namespace> namespaces = new LinkedHashMap<>();
  final Map<String, DiscoveryService> services = new LinkedHashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();

  /**
   * @param idOrArn both are taken wherever an id is
   */
  Namespace namespace(String idOrArn, Caller caller) {
    Namespace namespace = namespaces.get(arn("namespace/", idOrArn, caller));
    if (namespace == null) {
      throw CloudMapError.namespaceNotFound(idOrArn);
    }
    return namespace;
  }

  DiscoveryService service(String idOrArn, Caller caller) {
    DiscoveryService service = services.get(arn("service/", idOrArn, caller));
    if (service == null) {
      throw CloudMapError.serviceNotFound(idOrArn);
    }
    return service;
  }

  List<DiscoveryService> servicesOf(Namespace namespace) {
    return services.values().stream().filter(s -> s.namespace == namespace).toList();
  }

  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** After anything that may change what names resolve to. */
  void changed() {
    listeners.forEach(Runnable::run);
  }

  private static String arn(String kind, String idOrArn, Caller caller) {
    return idOrArn.startsWith("arn:") ? idOrArn : Place.of(caller).arn(kind + idOrArn);
  }
}
