package dev.fargate.operator.campaign;

import dev.fargate.local.kube.wire.KubeRequest;
import java.util.Locale;

/** The names of requests to the API server, as in a replay line. */
final class Requests {
  private Requests() {}

  /** For example {@code kube:patch-fargateapps-status}. */
  static String name(KubeRequest request) {
    String[] path = request.path().substring(1).split("/");
    int from = path[0].equals("api") ? 2 : 3;
    boolean namespaced = path[from].equals("namespaces") && path.length > from + 2;
    int resource = namespaced ? from + 2 : from;
    String subresource = path.length > resource + 2 ? "-" + path[resource + 2] : "";
    return "kube:" + request.method().toLowerCase(Locale.ROOT) + "-" + path[resource] + subresource;
  }
}
