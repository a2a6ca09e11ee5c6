package dev.fargate.operator.reconcile;

import dev.fargate.operator.flow.Pass;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notes as Kubernetes Events. An Event that cannot be written is logged, never retried. */
public final class KubernetesEvents {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);

  /** What kubectl describe shows under "From". */
  private static final String COMPONENT = "fargate-operator";

  /** The API server refuses longer messages. */
  private static final int MESSAGE_LIMIT = 1024;

  /** Events of a cluster-scoped object live here, as those of nodes do. */
  private static final String DEFAULT_NAMESPACE = "default";

  private final KubernetesClient client;
  private final Clock clock;

  public KubernetesEvents(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  public void write(HasMetadata about, List<Pass.Note> notes) {
    for (Pass.Note note : notes) {
      try {
        write(about, note);
      } catch (KubernetesClientException e) {
        LOG.warn(
            "Event {} of {} could not be written: {}",
            note.reason(),
            about.getMetadata().getName(),
            e.getMessage());
      }
    }
  }

  private void write(HasMetadata about, Pass.Note note) {
    String namespace =
        about.getMetadata().getNamespace() == null
            ? DEFAULT_NAMESPACE
            : about.getMetadata().getNamespace();
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String message = note.message() == null ? "" : note.message();
    client
        .v1()
        .events()
        .inNamespace(namespace)
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withGenerateName(about.getMetadata().getName() + ".")
                .withNamespace(namespace)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .endInvolvedObject()
                .withType(note.warning() ? "Warning" : "Normal")
                .withReason(note.reason())
                .withMessage(
                    message.length() <= MESSAGE_LIMIT
                        ? message
                        : message.substring(0, MESSAGE_LIMIT))
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .build())
        .create();
  }
}
