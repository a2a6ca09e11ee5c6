package dev.fargate.local.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The everyday verbs of the real kubectl. */
@Tag("foreign-clients")
class KubectlTest {
  private static final String ONE =
      """
      apiVersion: test.fargate.dev/v1
      kind: Widget
      metadata:
        name: one
      spec:
        image: nginx
        ports:
        - name: http
          port: 80
          protocol: TCP
      """;

  @TempDir private Path home;
  private final TestServer server = new TestServer();
  private Kubectl kubectl;

  @BeforeEach
  void applyOne() {
    kubectl = new Kubectl(home, server.server().kubeconfig());
    kubectl.write("one.yaml", ONE);
    assertThat(kubectl.run("apply", "-f", "one.yaml").succeeds().out())
        .contains("widget.test.fargate.dev/one created");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void apiResourcesAndVersionsListWhatIsServed() {
    assertThat(
            kubectl
                .run("api-resources", "--api-group=test.fargate.dev", "--no-headers")
                .succeeds()
                .rows())
        .containsExactly("widgets wd test.fargate.dev/v1 true Widget");
    assertThat(
            kubectl.run("api-resources", "--categories=testing", "-o", "name").succeeds().lines())
        .containsExactly("widgets.test.fargate.dev");
    assertThat(kubectl.run("api-versions").succeeds().lines())
        .contains("v1", "apps/v1", "test.fargate.dev/v1");
    assertThat(kubectl.run("version").succeeds().out()).contains("Server Version: v1.32");
  }

  @Test
  void getShowsColumnsWideYamlAndPaths() {
    server.merge(
        TestServer.WIDGETS + "/one/status",
        "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    assertThat(kubectl.run("get", "wd").succeeds().rows().get(0))
        .isEqualTo("NAME READY REPLICAS AGE");
    assertThat(kubectl.run("get", "wd").rows().get(1)).startsWith("one True 1 ");
    assertThat(kubectl.run("get", "widgets", "-o", "wide").succeeds().rows().get(0))
        .isEqualTo("NAME READY REPLICAS COLOR AGE");
    assertThat(kubectl.run("get", "wd/one", "-o", "yaml").succeeds().out())
        .contains("color: Green")
        .doesNotContain("managedFields");
    assertThat(
            kubectl
                .run("get", "wd", "-A", "-o", "jsonpath={.items[*].spec.image}")
                .succeeds()
                .out())
        .isEqualTo("nginx");
    assertThat(kubectl.run("get", "testing", "-o", "name").succeeds().lines())
        .containsExactly("widget.test.fargate.dev/one");
    assertThat(kubectl.run("get", "wd", "two").fails().err())
        .contains("(NotFound): widgets.test.fargate.dev \"two\" not found");
  }

  @Test
  void getWatchFollowsChanges() {
    Process watch =
        kubectl.start(
            Map.of(),
            "get",
            "wd",
            "-w",
            "-o",
            "custom-columns=N:.metadata.name,C:.spec.color",
            "--no-headers");
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> kubectl.read("out").contains("Green"));
      server.merge(TestServer.WIDGETS + "/one", "{\"spec\":{\"color\":\"Blue\"}}");
      await().atMost(Duration.ofSeconds(30)).until(() -> kubectl.read("out").contains("Blue"));
      assertThat(kubectl.read("out").lines().map(l -> l.replaceAll(" +", " ")))
          .containsExactly("one Green", "one Blue");
    } finally {
      watch.destroyForcibly();
    }
  }

  @Test
  void describeShowsTheObjectAndItsEvents() {
    String uid = server.get(TestServer.WIDGETS + "/one").at("/metadata/uid");
    String event =
        "{\"metadata\":{\"name\":\"one.1\",\"namespace\":\"default\"},\"involvedObject\":{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"name\":\"one\","
            + "\"namespace\":\"default\",\"uid\":\"%s\"},\"reason\":\"Started\",\"message\":\"it runs\",\"type\":\"Normal\",\"count\":1,"
            + "\"firstTimestamp\":\"2026-01-01T00:00:00Z\",\"lastTimestamp\":\"2026-01-01T00:00:00Z\",\"source\":{\"component\":\"test\"}}";
    TestServer.expect(
        201, server.create("/api/v1/namespaces/default/events", event.formatted(uid)));
    TestServer.expect(
        201,
        server.create(
            "/api/v1/namespaces/default/events",
            event.formatted("other").replace("one.1", "two.1").replace("it runs", "not mine")));
    String described = kubectl.run("describe", "wd", "one").succeeds().out();
    assertThat(described)
        .contains("Kind:         Widget")
        .contains("Started")
        .contains("it runs")
        .doesNotContain("not mine");
    assertThat(kubectl.run("get", "events").succeeds().out())
        .contains("LAST SEEN")
        .contains("widget/one")
        .contains("it runs");
    assertThat(kubectl.run("events", "--for", "widget/one").succeeds().out()).contains("it runs");
  }

  @Test
  void explainReadsTheSchema() {
    assertThat(kubectl.run("explain", "wd.spec").succeeds().out())
        .contains("What is wanted.")
        .contains("image\t<string> -required-")
        .contains("The image to run.")
        .contains("enum: Red, Green, Blue");
    assertThat(kubectl.run("explain", "widget", "--recursive").succeeds().out())
        .contains("minReplicas");
  }

  @Test
  void clientSideApplyChangesAndRemovesWhatItAppliedBefore() {
    kubectl.write("one.yaml", ONE.replace("image: nginx", "image: other\n  target: blue"));
    assertThat(kubectl.run("apply", "-f", "one.yaml").succeeds().out()).contains("configured");
    assertThat(kubectl.run("apply", "-f", "one.yaml").succeeds().out()).contains("unchanged");
    server.merge(TestServer.WIDGETS + "/one", "{\"spec\":{\"color\":\"Red\"}}");
    kubectl.write(
        "one.yaml",
        ONE.replace("  - name: http\n    port: 80\n", "  - name: web\n    port: 81\n")
            .replace("nginx", "third\n  target: red"));
    kubectl.run("apply", "-f", "one.yaml").succeeds();
    TestServer.Answer one = server.get(TestServer.WIDGETS + "/one");
    assertThat(one.at("/spec/image")).isEqualTo("third");
    assertThat(one.at("/spec/color")).isEqualTo("Red");
    assertThat(one.object().at("/spec/ports").findValuesAsText("name")).containsExactly("web");
  }

  @Test
  void aTypoIsRefusedByServerSideValidation() {
    kubectl.write("typo.yaml", ONE.replace("image:", "imagee:"));
    assertThat(kubectl.run("apply", "-f", "typo.yaml").fails().err())
        .contains("strict decoding error: unknown field \"spec.imagee\"");
    assertThat(kubectl.run("apply", "-f", "typo.yaml", "--validate=warn").fails().err())
        .contains("Warning: unknown field \"spec.imagee\"");
  }

  @Test
  void everyInvalidFieldIsABullet() {
    kubectl.write("bad.yaml", ONE.replace("nginx", "nginx\n  color: Pink\n  replicas: 999"));
    assertThat(kubectl.run("apply", "-f", "bad.yaml").fails().err())
        .contains("* spec.color: Unsupported value: \"Pink\"")
        .contains("* spec.replicas: Invalid value: 999");
  }

  @Test
  void serverSideApplyReportsConflictsAndForcesThem() {
    assertThat(kubectl.run("apply", "--server-side", "-f", "one.yaml").succeeds().out())
        .contains("serverside-applied");
    kubectl
        .run(
            "apply",
            "--server-side",
            "--field-manager=other",
            "--force-conflicts",
            "-f",
            kubectl.write("two.yaml", ONE.replace("nginx", "other")))
        .succeeds();
    assertThat(kubectl.run("apply", "--server-side", "-f", "one.yaml").fails().err())
        .contains("conflict with \"other\": .spec.image")
        .contains("--force-conflicts");
    kubectl.run("apply", "--server-side", "--force-conflicts", "-f", "one.yaml").succeeds();
    assertThat(
            kubectl.run("get", "wd", "one", "-o", "yaml", "--show-managed-fields").succeeds().out())
        .contains("manager: kubectl")
        .contains("f:image: {}");
  }

  @Test
  void diffShowsWhatAnApplyWouldChangeAndChangesNothing() {
    assertThat(kubectl.run("diff", "-f", "one.yaml").succeeds().out()).isEmpty();
    kubectl.write("one.yaml", ONE.replace("nginx", "other"));
    Kubectl.Output diff = kubectl.run("diff", "-f", "one.yaml");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("-  image: nginx").contains("+  image: other");
    assertThat(kubectl.run("diff", "--server-side", "--force-conflicts", "-f", "one.yaml").out())
        .contains("+  image: other");
    assertThat(server.get(TestServer.WIDGETS + "/one").at("/spec/image")).isEqualTo("nginx");
  }

  @Test
  void editWritesWhatTheEditorSaved() throws Exception {
    kubectl.write("editor", "#!/bin/sh\nsed -i 's/image: nginx/image: edited/' \"$1\"\n");
    Files.setPosixFilePermissions(
        home.resolve("editor"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    kubectl.run(Map.of("EDITOR", home.resolve("editor").toString()), "edit", "wd/one").succeeds();
    assertThat(server.get(TestServer.WIDGETS + "/one").at("/spec/image")).isEqualTo("edited");
  }

  @Test
  void patchScaleLabelAndAnnotate() {
    kubectl
        .run("patch", "wd", "one", "--type=merge", "-p", "{\"spec\":{\"color\":\"Blue\"}}")
        .succeeds();
    kubectl
        .run(
            "patch",
            "wd",
            "one",
            "--type=json",
            "-p",
            "[{\"op\":\"replace\",\"path\":\"/spec/image\",\"value\":\"json\"}]")
        .succeeds();
    kubectl
        .run(
            "patch",
            "wd",
            "one",
            "--subresource=status",
            "--type=merge",
            "-p",
            "{\"status\":{\"replicas\":2}}")
        .succeeds();
    kubectl.run("scale", "wd/one", "--replicas=3").succeeds();
    kubectl.run("scale", "wd/one", "--current-replicas=9", "--replicas=4").fails();
    kubectl.run("label", "wd", "one", "team=blue").succeeds();
    kubectl.run("annotate", "wd", "one", "note=hello").succeeds();
    TestServer.Answer one = server.get(TestServer.WIDGETS + "/one");
    assertThat(one.at("/spec/color")).isEqualTo("Blue");
    assertThat(one.at("/spec/image")).isEqualTo("json");
    assertThat(one.at("/spec/replicas")).isEqualTo("3");
    assertThat(one.at("/status/replicas")).isEqualTo("2");
    assertThat(one.at("/metadata/annotations/note")).isEqualTo("hello");
    assertThat(kubectl.run("get", "wd", "-l", "team=blue", "-o", "name").lines()).hasSize(1);
  }

  @Test
  void aScaleThatTheSchemaRefusesSaysWhy() {
    kubectl
        .run(
            "patch",
            "wd",
            "one",
            "--type=merge",
            "-p",
            "{\"spec\":{\"autoscaling\":{\"minReplicas\":1,\"maxReplicas\":3}}}")
        .succeeds();
    assertThat(kubectl.run("scale", "wd/one", "--replicas=2").fails().err())
        .contains("autoscaling owns the count; edit autoscaling.minReplicas");
  }

  @Test
  void waitSeesConditionsAndDeletion() {
    kubectl
        .run("wait", "--for=condition=Established", "crd/widgets.test.fargate.dev", "--timeout=5s")
        .succeeds();
    assertThat(kubectl.run("wait", "--for=condition=Ready", "wd/one", "--timeout=1s").fails().err())
        .contains("timed out");
    Process waiting =
        kubectl.start(Map.of(), "wait", "--for=condition=Ready", "wd/one", "--timeout=50s");
    server.merge(
        TestServer.WIDGETS + "/one/status",
        "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    await().atMost(Duration.ofSeconds(30)).until(() -> !waiting.isAlive());
    assertThat(waiting.exitValue()).isZero();
    kubectl.run("wait", "--for=jsonpath={.spec.image}=nginx", "wd/one", "--timeout=5s").succeeds();
  }

  @Test
  void deleteWaitsForFinalizers() {
    kubectl
        .run(
            "patch", "wd", "one", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":[\"a/b\"]}}")
        .succeeds();
    Process deleting = kubectl.start(Map.of(), "delete", "wd", "one");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                !server
                    .get(TestServer.WIDGETS + "/one")
                    .at("/metadata/deletionTimestamp")
                    .isEmpty());
    assertThat(deleting.isAlive()).isTrue();
    server.merge(TestServer.WIDGETS + "/one", "{\"metadata\":{\"finalizers\":null}}");
    await().atMost(Duration.ofSeconds(30)).until(() -> !deleting.isAlive());
    assertThat(deleting.exitValue()).isZero();
    kubectl.run("delete", "-f", "one.yaml", "--ignore-not-found").succeeds();
  }

  @Test
  void theCreateCommandsWork() {
    kubectl.run("create", "namespace", "blue").succeeds();
    kubectl
        .run("create", "secret", "generic", "s", "--from-literal=key=value", "-n", "blue")
        .succeeds();
    kubectl.run("create", "configmap", "c", "--from-literal=key=value", "-n", "blue").succeeds();
    kubectl.run("create", "serviceaccount", "a", "-n", "blue").succeeds();
    kubectl
        .run("create", "role", "r", "--verb=get,list", "--resource=secrets", "-n", "blue")
        .succeeds();
    kubectl
        .run("create", "rolebinding", "b", "--role=r", "--serviceaccount=blue:a", "-n", "blue")
        .succeeds();
    assertThat(kubectl.run("get", "secret,cm", "-n", "blue").succeeds().rows())
        .anyMatch(r -> r.startsWith("secret/s Opaque 1"))
        .anyMatch(r -> r.startsWith("configmap/c 1"));
    assertThat(kubectl.run("get", "secret", "s", "-n", "blue", "-o", "jsonpath={.data.key}").out())
        .isEqualTo("dmFsdWU=");
    assertThat(kubectl.run("create", "namespace", "blue").fails().err())
        .contains("(AlreadyExists)");
    kubectl.run("delete", "namespace", "blue").succeeds();
    assertThat(kubectl.run("get", "ns", "-o", "name").lines())
        .containsExactly("namespace/default", "namespace/kube-system");
  }

  @Test
  void authCanIAnswers() {
    assertThat(kubectl.run("auth", "can-i", "create", "widgets.test.fargate.dev").succeeds().out())
        .isEqualTo("yes\n");
    assertThat(kubectl.run("auth", "can-i", "--list").succeeds().out()).contains("*.*");
  }

  @Test
  void aDirectoryInAnyOrderIsAppliedReplacedAndDeleted() {
    kubectl.run("replace", "-f", "one.yaml").succeeds();
    kubectl.run("create", "-f", "one.yaml").fails();
    kubectl.run("replace", "--force", "-f", "one.yaml").succeeds();
    kubectl.run("delete", "wd", "--all").succeeds();
    assertThat(kubectl.run("get", "wd").succeeds().err())
        .contains("No resources found in default namespace.");
  }
}
