package dev.fargate.local.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Helm SDK: a release is installed, upgraded and taken away. */
class HelmTest {
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/default/deployments/web";
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  @TempDir private Path home;
  private final TestServer server = new TestServer();
  private Helm chart;
  private Path kubeconfig;

  @BeforeEach
  void writeKubeconfig() throws Exception {
    kubeconfig = Files.writeString(home.resolve("kubeconfig"), server.server().kubeconfig());
    chart = new Helm(chartDirectory());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anInstallCreatesEverythingAndKeepsItsRelease() {
    Release release = install().call();
    assertThat(release.getStatus()).isEqualTo("deployed");
    assertThat(server.get(DEPLOYMENT).at(CONTAINER + "/image")).isEqualTo("first");
    assertThat(server.get(TestServer.WIDGETS + "/web").at("/spec/color")).isEqualTo("Green");
    assertThat(server.get("/apis/rbac.authorization.k8s.io/v1/clusterroles/web").code())
        .isEqualTo(200);
    assertThat(
            server.get("/api/v1/namespaces/default/secrets/sh.helm.release.v1.web.v1").at("/type"))
        .isEqualTo("helm.sh/release.v1");
    assertThat(Helm.list().withKubeConfig(kubeconfig).call())
        .extracting(Release::getName)
        .containsExactly("web");
  }

  @Test
  void anUpgradeChangesAndRemovesInsideLists() {
    install().call();
    server.merge(DEPLOYMENT, "{\"metadata\":{\"labels\":{\"mine\":\"yes\"}}}");
    Release second =
        chart
            .upgrade()
            .withName("web")
            .withKubeConfig(kubeconfig)
            .set("image", "second")
            .set("debug", false)
            .call();
    assertThat(second.getRevision()).isEqualTo("2");
    TestServer.Answer deployment = server.get(DEPLOYMENT);
    assertThat(deployment.at(CONTAINER + "/image")).isEqualTo("second");
    assertThat(deployment.at(CONTAINER + "/name")).isEqualTo("main");
    assertThat(deployment.object().at(CONTAINER + "/env").findValuesAsText("name"))
        .containsExactly("A");
    assertThat(deployment.at("/metadata/labels/mine")).isEqualTo("yes");
    assertThat(server.get(TestServer.WIDGETS + "/web").at("/spec/image")).isEqualTo("second");
  }

  @Test
  void anUninstallLeavesNothing() {
    install().call();
    Helm.uninstall("web").withKubeConfig(kubeconfig).call();
    assertThat(server.get(DEPLOYMENT).code()).isEqualTo(404);
    assertThat(server.get(TestServer.WIDGETS + "/web").code()).isEqualTo(404);
    assertThat(server.get("/api/v1/namespaces/default/secrets").object().path("items")).isEmpty();
  }

  @Test
  void aDryRunStoresNothing() {
    install().dryRun().call();
    assertThat(server.get(DEPLOYMENT).code()).isEqualTo(404);
    assertThat(server.get("/api/v1/namespaces/default/secrets").object().path("items")).isEmpty();
  }

  @Test
  void aNewNamespaceIsCreatedWhenAskedFor() {
    install().withNamespace("blue").createNamespace().call();
    assertThat(server.get("/apis/apps/v1/namespaces/blue/deployments/web").code()).isEqualTo(200);
  }

  @Test
  void whatTheSchemaRefusesFailsTheInstall() {
    assertThatThrownBy(() -> install().set("image", "x".repeat(201)).call())
        .hasMessageContaining("spec.image: Too long");
  }

  private InstallCommand install() {
    return chart.install().withName("web").withKubeConfig(kubeconfig);
  }

  private static Path chartDirectory() throws URISyntaxException {
    return Path.of(HelmTest.class.getResource("/chart").toURI());
  }
}
