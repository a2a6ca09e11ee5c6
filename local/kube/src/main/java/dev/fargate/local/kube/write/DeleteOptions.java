package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fargate.local.kube.protobuf.RequestBody;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.List;

/**
 * How a deletion was asked for.
 *
 * @param uid only if the object has this uid; empty = any
 * @param resourceVersion only in this state; empty = any
 */
public record DeleteOptions(
    Propagation propagation, String uid, String resourceVersion, boolean dryRun) {

  /** What happens to the objects that this one owns. */
  public enum Propagation {
    /** They go too. */
    BACKGROUND,
    /** They go first. */
    FOREGROUND,
    /** They stay without owner. */
    ORPHAN
  }

  /** Unconditional, with everything owned. */
  public static final DeleteOptions CASCADE =
      new DeleteOptions(Propagation.BACKGROUND, "", "", false);

  /**
   * Reads the body, and the query parameters where the body is silent.
   *
   * @throws StatusError 400 when a value is not supported
   */
  public static DeleteOptions of(KubeRequest request) {
    JsonNode body =
        request.body().length == 0 ? MissingNode.getInstance() : RequestBody.read(request, false);
    List<String> dryRun =
        new ArrayList<>(request.query().values().getOrDefault("dryRun", List.of()));
    body.path("dryRun").forEach(d -> dryRun.add(d.asText()));
    String policy =
        body.path("propagationPolicy").asText(request.query().first("propagationPolicy"));
    boolean orphan =
        body.path("orphanDependents").asBoolean(request.query().flag("orphanDependents"));
    return new DeleteOptions(
        propagation(policy, orphan),
        body.path("preconditions").path("uid").asText(""),
        body.path("preconditions").path("resourceVersion").asText(""),
        WriteOptions.dryRun(dryRun));
  }

  private static Propagation propagation(String policy, boolean orphan) {
    return switch (policy) {
      case "" -> orphan ? Propagation.ORPHAN : Propagation.BACKGROUND;
      case "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default ->
          throw StatusError.badRequest(
              "propagationPolicy: Unsupported value: \""
                  + policy
                  + "\": supported values: Background, Foreground, Orphan");
    };
  }
}
