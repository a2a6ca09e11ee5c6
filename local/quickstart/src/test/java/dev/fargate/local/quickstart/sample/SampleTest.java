package dev.fargate.local.quickstart.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.quickstart.QuickstartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
  @TempDir Path folder;

  private Sample sample(String yaml) throws IOException {
    Files.writeString(folder.resolve("sample.yaml"), yaml);
    return Sample.read(folder);
  }

  private static final String TWO_LISTENERS =
      """
      apiVersion: fargate.dev/v1alpha1
      kind: FargateEnvironment
      metadata: {name: here}
      spec:
        region: eu-central-1
        loadBalancers:
        - name: web
          listeners:
          - {port: 80, protocol: HTTP, redirect: HTTPS}
          - {port: 8000, protocol: HTTP}
      ---
      apiVersion: fargate.dev/v1alpha1
      kind: FargateApp
      metadata: {name: one}
      spec:
        environment: here
        ingresses:
        - {name: web, listenerPort: 8000}
        - {name: all}
      ---
      apiVersion: fargate.dev/v1alpha1
      kind: FargateApp
      metadata: {name: elsewhere}
      spec:
        environment: there
        ingresses:
        - {name: web, listenerPort: 8000}
      """;

  /** Gives what is wished for, and 5555 to whoever prefers something. */
  private static final ListenerPorts.Ports NOTHING_FREE_BUT_5555 =
      new ListenerPorts.Ports() {
        @Override
        public int take(int wish) {
          return wish == 0 ? 5555 : wish;
        }

        @Override
        public int prefer(int own) {
          return 5555;
        }
      };

  /** Where nothing is taken and everything allowed. */
  private static final ListenerPorts.Ports ALL_FREE =
      new ListenerPorts.Ports() {
        @Override
        public int take(int wish) {
          return wish;
        }

        @Override
        public int prefer(int own) {
          return own;
        }
      };

  @Test
  void objectsComeInTheOrderOfTheirFilesAsKubectlTakesThem() throws IOException {
    Files.writeString(folder.resolve("b.yaml"), "{apiVersion: v1, kind: X, metadata: {name: b}}");
    Files.writeString(folder.resolve("a.yml"), "{apiVersion: v1, kind: X, metadata: {name: a}}");
    Files.writeString(folder.resolve("README.md"), "no object");

    assertThat(Sample.read(folder).objects())
        .extracting(object -> object.at("/metadata/name").asText())
        .containsExactly("a", "b");
  }

  @Test
  void aFolderWithoutObjectsIsRefused() {
    assertThatThrownBy(() -> Sample.read(folder))
        .isInstanceOf(QuickstartFailure.class)
        .hasMessageContaining("no Kubernetes object");
  }

  @Test
  void aFileThatIsNoYamlIsRefusedByName() {
    assertThatThrownBy(() -> sample("a: [1"))
        .isInstanceOf(QuickstartFailure.class)
        .hasMessageContaining("sample.yaml is no YAML");
  }

  @Test
  void anObjectWithoutANameIsRefusedByFile() {
    assertThatThrownBy(() -> sample("{apiVersion: v1, kind: X}"))
        .isInstanceOf(QuickstartFailure.class)
        .hasMessageContaining("sample.yaml");
  }

  @Test
  void anEnvironmentInAnotherRegionIsRefused() throws IOException {
    Sample sample = sample(TWO_LISTENERS);

    assertThatThrownBy(() -> sample.requireRegion("us-east-1"))
        .isInstanceOf(QuickstartFailure.class)
        .hasMessageContaining("here")
        .hasMessageContaining("eu-central-1");
    sample.requireRegion("eu-central-1");
  }

  @Test
  void theFirstListenerThatServesPagesGetsTheWantedPort() throws IOException {
    Sample sample = sample(TWO_LISTENERS);

    ListenerPorts.write(sample, OptionalInt.of(4444), NOTHING_FREE_BUT_5555);

    ObjectNode environment = sample.ofKind("FargateEnvironment").get(0);
    assertThat(environment.at("/spec/loadBalancers/0/listeners/0/port").asInt()).isEqualTo(5555);
    assertThat(environment.at("/spec/loadBalancers/0/listeners/1/port").asInt()).isEqualTo(4444);
  }

  @Test
  void whereItsOwnPortsCanBeHadASampleStaysAsItIs() throws IOException {
    Sample sample = sample(TWO_LISTENERS);

    assertThat(ListenerPorts.write(sample, OptionalInt.empty(), ALL_FREE)).isFalse();
    assertThat(sample).isEqualTo(Sample.read(folder));
  }

  @Test
  void elsewhereItsFilesAreWrittenWithOtherPortsAndNothingElseChanged(@TempDir Path other)
      throws IOException {
    Files.writeString(folder.resolve("a.yml"), "{apiVersion: v1, kind: X, metadata: {name: a}}");
    Sample sample = sample(TWO_LISTENERS.replace("region: eu-central-1", "region: \"0123\""));

    assertThat(ListenerPorts.write(sample, OptionalInt.empty(), NOTHING_FREE_BUT_5555)).isTrue();
    sample.write(other.resolve("new"));

    Sample written = Sample.read(other.resolve("new"));
    assertThat(written).isEqualTo(sample);
    assertThat(written.files().keySet()).containsExactly("a.yml", "sample.yaml");
    assertThat(written.ofKind("FargateEnvironment").get(0).at("/spec/region").isTextual()).isTrue();
    assertThat(written.ofKind("FargateApp").get(0).at("/spec/ingresses/0/listenerPort").asInt())
        .isEqualTo(5555);
  }

  @Test
  void anIngressThatNamesAListenerFollowsIt() throws IOException {
    Sample sample = sample(TWO_LISTENERS);

    ListenerPorts.write(sample, OptionalInt.of(4444), NOTHING_FREE_BUT_5555);

    ObjectNode app = sample.ofKind("FargateApp").get(0);
    assertThat(app.at("/spec/ingresses/0/listenerPort").asInt()).isEqualTo(4444);
    assertThat(app.at("/spec/ingresses/1").has("listenerPort")).isFalse();
    ObjectNode elsewhere = sample.ofKind("FargateApp").get(1);
    assertThat(elsewhere.at("/spec/ingresses/0/listenerPort").asInt()).isEqualTo(8000);
  }

  @Test
  void aWantedPortThatSomebodyListensOnIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FreePorts ports = new FreePorts()) {
      assertThatThrownBy(() -> ports.take(taken.getLocalPort()))
          .isInstanceOf(QuickstartFailure.class)
          .hasMessageContaining("--lb-port");
    }
  }

  @Test
  void aPreferredPortIsGivenWhereItCanBeHadAndAnotherWhereNot() {
    try (FreePorts ports = new FreePorts();
        FreePorts ofAnother = new FreePorts()) {
      int first = ports.take(0);
      int free = ports.take(0);
      assertThat(free).isNotEqualTo(first);
      ports.close();

      assertThat(ofAnother.prefer(free)).isEqualTo(free);
      try (FreePorts ofAThird = new FreePorts()) {
        assertThat(ofAThird.prefer(free)).isNotEqualTo(free);
      }
    }
  }

  @Test
  void aPortIsGivenOnceAndToOneQuickstartOnly() {
    try (FreePorts ports = new FreePorts();
        FreePorts ofAnother = new FreePorts()) {
      int first = ports.take(0);

      assertThat(ports.take(0)).isNotEqualTo(first);
      assertThat(ofAnother.take(0)).isNotEqualTo(first);
    }
  }
}
