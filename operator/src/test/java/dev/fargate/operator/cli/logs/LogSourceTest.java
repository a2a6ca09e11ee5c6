package dev.fargate.operator.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.api.v1alpha1.environment.LogGroupStatus;
import dev.fargate.operator.aws.logs.LogLines.Query;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.Test;

/** Where an object's logs are, by what the cluster says, against fabric8's mock server. */
@EnableKubernetesMockClient(crud = true)
class LogSourceTest {
  private static final String GROUP = "/fargate/acme/default/web";

  KubernetesClient client;
  KubernetesMockServer server;

  private final FargateApp app = new FargateApp();
  private final FargateEnvironment environment = new FargateEnvironment();

  private void inTheCluster() {
    environment.setMetadata(new ObjectMetaBuilder().withName("default").build());
    environment.setSpec(new FargateEnvironmentSpec());
    environment.getSpec().region = "eu-central-1";
    if (environment.getStatus() == null) {
      environment.setStatus(new FargateEnvironmentStatus());
    }
    app.setMetadata(new ObjectMetaBuilder().withNamespace("default").withName("web").build());
    if (app.getSpec() == null) {
      app.setSpec(new FargateAppSpec());
    }
    client.resource(environment).create();
    client.resource(app).create();
  }

  private void started() {
    OwnedResource group = new OwnedResource();
    group.kind = "LogGroup";
    group.arn = "arn:aws:logs:eu-central-1:123456789012:log-group:" + GROUP;
    app.setStatus(new FargateAppStatus());
    app.getStatus().resources.add(group);
  }

  private LogSource source(String object, String container, boolean previous) {
    return LogSource.of(new LogSource.Wanted(object, "default", container, previous), client);
  }

  private void assertRefused(String object, String message) {
    assertThatThrownBy(() -> source(object, null, false))
        .isInstanceOf(NoLogs.class)
        .hasMessageContaining(message);
  }

  @Test
  void anAppsOwnGroupIsFoundWithoutKnowingTheOwnerId() {
    started();
    inTheCluster();
    LogSource source = source("fapp/web", null, false);
    assertThat(source.query()).isEqualTo(new Query(GROUP, "web/"));
    assertThat(source.environment().region).isEqualTo("eu-central-1");
    assertThat(source("web", "proxy", false).query()).isEqualTo(new Query(GROUP, "web/proxy/"));
  }

  @Test
  void inASharedGroupTheNamespaceTellsItFromOthers() {
    app.setSpec(new FargateAppSpec());
    app.getSpec().logs = new Logs();
    app.getSpec().logs.group = "all";
    LogGroupStatus group = new LogGroupStatus();
    group.name = "all";
    group.logGroupName = "/fargate/acme/_shared/default/all";
    environment.setStatus(new FargateEnvironmentStatus());
    environment.getStatus().logGroups.add(group);
    inTheCluster();
    assertThat(source("fapp/web", null, false).query())
        .isEqualTo(new Query("/fargate/acme/_shared/default/all", "default/web/"));
  }

  @Test
  void previousIsTheTaskThatFailedLast() {
    started();
    TaskFailure failure = new TaskFailure();
    failure.taskArn = "arn:aws:ecs:eu-central-1:123456789012:task/default/0123abcd";
    failure.container = "web";
    app.getStatus().recentFailures.add(failure);
    inTheCluster();
    assertThat(source("fapp/web", null, true).query())
        .isEqualTo(new Query(GROUP, "web/web/0123abcd"));
    assertThatThrownBy(() -> source("fapp/web", "proxy", true))
        .hasMessageContaining("no task of FargateApp default/web has failed lately");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertRefused("fapp/web", "FargateApp default/web does not exist");
    assertRefused("fdb/web", "FargateDatabase default/web does not exist");
    assertRefused("pod/web", "there are logs of fapp/NAME and fdb/NAME, not of pod/web");
    inTheCluster();
    assertRefused("fapp/web", "has not started yet, so it has no log group");
  }

  @Test
  void whoMayNotReadTheObjectIsToldWhichRightIsMissing() {
    server
        .expect()
        .get()
        .withPath("/apis/fargate.dev/v1alpha1/namespaces/default/fargateapps/web")
        .andReturn(403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"forbidden\"}")
        .always();
    assertRefused("fapp/web", "no access to FargateApp default/web");
  }
}
