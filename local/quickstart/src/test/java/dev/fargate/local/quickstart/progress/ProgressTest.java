package dev.fargate.local.quickstart.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static ObjectState state(String yaml) {
    try {
      JsonNode object = new YAMLMapper().readTree(yaml);
      return ObjectState.of(object);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectState app(String conditions) {
    return state(
        """
        kind: FargateApp
        metadata: {name: phoenix, namespace: default, generation: 2}
        status:
          running: 0/1
          url: http://localhost:8080/
          resources:
          - {kind: TargetGroup, state: Active, arn: 'arn:aws:elasticloadbalancing:r:1:targetgroup/a/b'}
          conditions: %s
        """
            .formatted(conditions));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anObjectWithoutStatusIsWaiting() {
    ObjectState state = state("{kind: FargateApp, metadata: {name: phoenix, generation: 1}}");

    assertThat(state.ready()).isFalse();
    assertThat(state.state()).isEqualTo("Waiting");
  }

  @Test
  void readinessForAnOlderSpecDoesNotCount() {
    assertThat(app("[{type: Ready, status: 'True', observedGeneration: 1}]").ready()).isFalse();
    assertThat(app("[{type: Ready, status: 'True', observedGeneration: 2}]").ready()).isTrue();
  }

  @Test
  void theReasonWhyItIsNotReadyIsShownWithoutUrls() {
    ObjectState state =
        app(
            "[{type: Reconciling, status: 'True', reason: RollingOut, message: 'see http://localhost:1/x now'}]");

    assertThat(state.state()).isEqualTo("RollingOut");
    assertThat(state.detail()).isEqualTo("see ... now");
  }

  @Test
  void aStateIsShownWithTheTimeAtWhichItBegan() {
    Progress progress = new Progress();
    List<ObjectState> waiting = List.of(app("[]"));
    progress.look(waiting, Duration.ofSeconds(1));

    assertThat(progress.look(waiting, Duration.ofSeconds(2)).get(0).since())
        .isEqualTo(Duration.ofSeconds(1));
    List<ObjectState> ready =
        List.of(app("[{type: Ready, status: 'True', observedGeneration: 2}]"));
    assertThat(progress.look(ready, Duration.ofSeconds(3)).get(0).since())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void outputThatIsNoTerminalGetsOneLinePerChange() {
    Progress progress = new Progress();
    View view = View.on(out, 0, 0);
    view.show(progress.look(List.of(app("[]")), Duration.ofSeconds(1)));
    view.show(progress.look(List.of(app("[]")), Duration.ofSeconds(2)));
    view.show(
        progress.look(
            List.of(app("[{type: Ready, status: 'True', observedGeneration: 2}]")),
            Duration.ofSeconds(3)));

    assertThat(printed().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "RESOURCE STATE SINCE",
            "FargateApp default/phoenix Waiting 0/1 1.0 s",
            " TargetGroup targetgroup/a/b Active 1.0 s",
            "FargateApp default/phoenix Ready 0/1 3.0 s");
  }

  @Test
  void aTerminalIsRedrawnInPlaceAndNeverWraps() {
    Progress progress = new Progress();
    View view = View.on(out, 40, 24);
    view.show(progress.look(List.of(app("[]")), Duration.ofSeconds(1)));
    view.show(
        progress.look(
            List.of(app("[{type: Ready, status: 'True', observedGeneration: 2}]")),
            Duration.ofSeconds(3)));

    assertThat(printed()).contains("\u001b[3A");
    assertThat(printed().replaceAll("\u001b\\[\\d*[A-Z]", "").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(40));
  }

  @Test
  void aTerminalThatIsTooLowShowsTheObjectsFirst() {
    View view = View.on(out, 80, 4);
    List<ObjectState> objects = List.of(app("[]"), state("{kind: Other, metadata: {name: x}}"));
    view.show(new Progress().look(objects, Duration.ofSeconds(1)));

    assertThat(printed()).contains("FargateApp", "Other").doesNotContain("TargetGroup");
  }

  @Test
  void aPhaseLastsFromTheEndOfTheOneBefore() {
    Iterator<Duration> clock = List.of(Duration.ofSeconds(2), Duration.ofSeconds(5)).iterator();
    Phases phases = new Phases(clock::next);
    phases.ended("start");
    phases.ended("apply");

    assertThat(phases.table().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("PHASE SECONDS", "start 2.0", "apply 3.0", "all 5.0");
  }
}
