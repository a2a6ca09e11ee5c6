package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.aws.secrets.SecretText;
import dev.fargate.operator.flow.Pass;
import dev.fargate.operator.stack.build.Phoenix;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The single calls to Kubernetes, against fabric8's mock server. */
@EnableKubernetesMockClient(crud = true)
class KubernetesCallsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);

  KubernetesClient client;
  KubernetesMockServer server;

  private KubernetesRelated related() {
    return new KubernetesRelated(client, new ObjectIndex(client), Clock.systemUTC());
  }

  @Test
  void aSecretIsAskedForByNameAndOnlyForTheKey() throws InterruptedException {
    client
        .secrets()
        .inNamespace("default")
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("tokens")
                .endMetadata()
                .addToStringData("token", "canary")
                .addToData("token", "Y2FuYXJ5")
                .build())
        .create();
    server.takeRequest();
    assertThat(related().secretHasKey("default", "tokens", "token")).isTrue();
    assertThat(related().secretHasKey("default", "tokens", "other")).isFalse();
    assertThat(server.takeRequest().getPath())
        .isEqualTo("/api/v1/namespaces/default/secrets/tokens");
  }

  @Test
  void whatSomebodyHasChangedSinceIsNotTheNewest() {
    FargateApp cached = client.resource(Phoenix.app()).inNamespace("default").create();
    assertThat(related().isNewest(cached)).isTrue();
    client
        .resource(cached)
        .edit(
            app -> {
              app.getMetadata().setAnnotations(Map.of("fargate.dev/restarted-at", "now"));
              return app;
            });
    assertThat(related().isNewest(cached)).isFalse();
    client.resource(cached).delete();
    assertThat(related().isNewest(cached)).as("gone").isFalse();
  }

  @Test
  void whatTheOperatorHasWrittenIntoTheStatusIsNoNews() {
    FargateApp cached = client.resource(Phoenix.app()).inNamespace("default").create();
    FargateApp written = client.resource(cached).get();
    written.setStatus(new FargateAppStatus());
    written.getStatus().url = "http://somewhere";
    client.resource(written).subresource("status").patch();
    assertThat(related().isNewest(cached)).isTrue();
  }

  @Test
  void aSecretThatDoesNotExistHasNoKey() {
    assertThat(related().secretHasKey("default", "absent", "token")).isFalse();
  }

  @Test
  void aConfigMapValueIsEmptyUntilMapAndKeyExist() {
    assertThat(related().configMapValue("default", "settings", "color")).isEmpty();
    client
        .configMaps()
        .inNamespace("default")
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .endMetadata()
                .withData(Map.of("color", "blue"))
                .build())
        .create();
    assertThat(related().configMapValue("default", "settings", "color")).contains("blue");
    assertThat(related().configMapValue("default", "settings", "size")).isEmpty();
  }

  @Test
  void aNoteBecomesAnEventOfTheObject() {
    FargateApp app = Phoenix.app();
    app.getMetadata().setUid("1234");
    new KubernetesEvents(client, CLOCK)
        .write(app, List.of(new Pass.Note(true, "RolledBack", "web:2 failed")));
    List<Event> events = client.v1().events().inNamespace("default").list().getItems();
    assertThat(events).hasSize(1);
    Event event = events.get(0);
    assertThat(event.getType()).isEqualTo("Warning");
    assertThat(event.getReason()).isEqualTo("RolledBack");
    assertThat(event.getInvolvedObject().getKind()).isEqualTo("FargateApp");
    assertThat(event.getInvolvedObject().getUid()).isEqualTo("1234");
    assertThat(event.getLastTimestamp()).isEqualTo("2026-11-21T08:00:00Z");
  }

  @Test
  void anEventOfAnEnvironmentLivesInTheDefaultNamespaceAndIsNotTooLong() {
    FargateEnvironment environment = new FargateEnvironment();
    environment.getMetadata().setName("phoenix");
    new KubernetesEvents(client, CLOCK)
        .write(environment, List.of(new Pass.Note(false, "Available", "x".repeat(2000))));
    List<Event> events = client.v1().events().inNamespace("default").list().getItems();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getMessage()).hasSize(1024);
  }

  @Test
  void aSecretsValuesAreReadWithTheVersionTheyCameIn() {
    var sources = new KubernetesSecretSources(client);
    assertThat(sources.get("default", "absent")).isEmpty();
    String version =
        client
            .secrets()
            .inNamespace("default")
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("tokens")
                    .endMetadata()
                    .addToData("token", "Y2FuYXJ5")
                    .build())
            .create()
            .getMetadata()
            .getResourceVersion();
    assertThat(sources.get("default", "tokens"))
        .hasValueSatisfying(
            source -> {
              assertThat(source.resourceVersion()).isEqualTo(version);
              assertThat(source.values()).containsEntry("token", SecretText.of("canary"));
              assertThat(source.toString()).doesNotContain("canary");
            });
  }

  @Test
  void aNamespaceWithoutLabelsHasNone() {
    assertThat(related().namespaceLabels("absent")).isEmpty();
    client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToLabels("team", "web")
                .endMetadata()
                .build())
        .create();
    assertThat(related().namespaceLabels("shop")).containsEntry("team", "web");
  }

  @Test
  void manyPassesAskForTheLabelsOfANamespaceOnceAMinute() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
    KubernetesRelated related =
        new KubernetesRelated(client, new ObjectIndex(client), new InstantClock(now::get));
    related.namespaceLabels("shop");
    int once = server.getRequestCount();
    for (int i = 0; i < 10; i++) {
      related.namespaceLabels("shop");
    }
    assertThat(server.getRequestCount()).isEqualTo(once);
    now.updateAndGet(time -> time.plus(KubernetesRelated.LABELS_KEPT));
    related.namespaceLabels("shop");
    assertThat(server.getRequestCount()).isGreaterThan(once);
  }

  /** A clock that says what it is told. */
  private static final class InstantClock extends Clock {
    private final InstantSource source;

    InstantClock(InstantSource source) {
      this.source = source;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return source.instant();
    }
  }
}
