package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Helm SDK against the embedded API server. */
class ChartInstallTest {
  /** The least that an environment says. */
  private static final Map<String, Object> ENVIRONMENT =
      Map.of(
          "environment.create", true,
          "environment.spec.region", "eu-central-1",
          "environment.spec.cluster.name", "phoenix",
          "environment.spec.network.vpcId", "vpc-0123456789abcdef0",
          "environment.spec.network.subnets.ids[0]", "subnet-0bbb0000000000001");

  private final LocalCluster cluster = new LocalCluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void installingBringsTheDefinitionsAndEveryRenderedObject() {
    Release release = install(Map.of());
    assertThat(release.getStatus()).isEqualTo("deployed");
    assertThat(definitions())
        .containsExactlyInAnyOrder(
            "fargateapps.fargate.dev",
            "fargatedatabases.fargate.dev",
            "fargateenvironments.fargate.dev");
    List<ObjectNode> rendered = Chart.with(Map.of()).objects();
    assertThat(rendered).isNotEmpty();
    for (ObjectNode object : rendered) {
      ObjectNode stored = cluster.stored(object).orElseThrow();
      assertThat(withoutMetadata(stored)).isEqualTo(withoutMetadata(object));
      assertThat(stored.at("/metadata/labels")).isEqualTo(object.at("/metadata/labels"));
    }
  }

  @Test
  void theNotesSayHowToLeave() {
    assertThat(install(Map.of()).getOutput())
        .contains("runs as owner \"example\"", "Before you uninstall")
        .contains("serviceAccount.roleArn is empty");
  }

  @Test
  void upgradingChangesOnlyWhatTheValuesChange() {
    install(Map.of());
    ObjectNode role = Chart.with(Map.of()).the("ClusterRole");
    String before = cluster.resource(role).get().getMetadata().getResourceVersion();
    Release release = upgrade(Map.of("replicas", 2, "networkPolicy.enabled", true));
    assertThat(release.getRevision()).isEqualTo("2");
    Chart wanted = Chart.with(Map.of("replicas", 2, "networkPolicy.enabled", true));
    assertThat(cluster.stored(wanted.the("Deployment")).orElseThrow().at("/spec/replicas").asInt())
        .isEqualTo(2);
    assertThat(cluster.stored(wanted.the("NetworkPolicy"))).isPresent();
    assertThat(cluster.resource(role).get().getMetadata().getResourceVersion()).isEqualTo(before);
  }

  @Test
  void anUpgradeThatEndsLeaderElectionTakesTheRightToLeasesAway() {
    install(Map.of());
    Chart first = Chart.with(Map.of());
    assertThat(cluster.stored(first.the("Role"))).isPresent();
    upgrade(Map.of("leaderElection.enabled", false));
    assertThat(cluster.stored(first.the("Role"))).isEmpty();
    assertThat(cluster.stored(first.the("RoleBinding"))).isEmpty();
  }

  @Test
  void uninstallingLeavesTheDefinitionsAndTheEnvironmentAndNothingElse() {
    install(ENVIRONMENT);
    Chart chart = Chart.with(ENVIRONMENT);
    assertThat(cluster.stored(chart.the("FargateEnvironment"))).isPresent();
    Helm.uninstall(Chart.RELEASE)
        .withNamespace(Chart.NAMESPACE)
        .withKubeConfigContents(cluster.server().kubeconfig())
        .call();
    assertThat(chart.objects())
        .filteredOn(object -> cluster.stored(object).isPresent())
        .extracting(object -> object.path("kind").asText())
        .containsExactly("FargateEnvironment");
    assertThat(definitions()).hasSize(3);
  }

  @Test
  void anEnvironmentThatTheSchemaRefusesFailsTheInstallationAndNamesTheField() {
    assertThatThrownBy(
            () ->
                install(
                    Map.of("environment.create", true, "environment.spec.region", "eu-central-1")))
        .hasMessageContaining("spec.cluster")
        .hasMessageContaining("spec.network");
  }

  private Release install(Map<String, ?> values) {
    InstallCommand command =
        new Helm(Repository.chart())
            .install()
            .withName(Chart.RELEASE)
            .withNamespace(Chart.NAMESPACE)
            .createNamespace()
            .withKubeConfigContents(cluster.server().kubeconfig());
    Chart.OWNER.forEach(command::set);
    values.forEach(command::set);
    return command.call();
  }

  private Release upgrade(Map<String, ?> values) {
    UpgradeCommand command =
        new Helm(Repository.chart())
            .upgrade()
            .withName(Chart.RELEASE)
            .withNamespace(Chart.NAMESPACE)
            .withKubeConfigContents(cluster.server().kubeconfig());
    Chart.OWNER.forEach(command::set);
    values.forEach(command::set);
    return command.call();
  }

  private static ObjectNode withoutMetadata(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.remove("metadata");
    return copy;
  }

  private List<String> definitions() {
    return cluster
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .list()
        .getItems()
        .stream()
        .map(definition -> definition.getMetadata().getName())
        .toList();
  }
}
