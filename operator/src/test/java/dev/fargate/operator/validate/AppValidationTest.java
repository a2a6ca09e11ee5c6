package dev.fargate.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.operator.stack.build.Phoenix;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppValidationTest {
  private final FargateApp app = Phoenix.app();

  private List<String> fields() {
    return AppValidation.check(app).stream().map(Problem::field).toList();
  }

  @Test
  void phoenixIsValid() {
    assertThat(AppValidation.check(app)).isEmpty();
  }

  @Test
  void aSizeThatFargateDoesNotKnowNamesTheOnesItDoes() {
    app.getSpec().cpu = 256;
    app.getSpec().memoryMiB = 4096;
    assertThat(AppValidation.check(app).get(0).toString())
        .isEqualTo(
            "spec.memoryMiB: 4096 MiB does not go with cpu 256; use one of [512, 1024, 2048]");
  }

  @Test
  void aRuleWithTooManyValuesIsRefusedWithTheWayOut() {
    app.getSpec().ingresses.get(0).hosts =
        List.of("a.example.com", "b.example.com", "c.example.com");
    app.getSpec().ingresses.get(0).paths = List.of("/a", "/b");
    assertThat(fields()).isEmpty();
    app.getSpec().ingresses.get(0).paths = List.of("/a", "/b", "/c");
    assertThat(AppValidation.check(app).get(0).message()).contains("split it in two ingresses");
  }

  @Test
  void anIngressNeedsAPortThatExists() {
    app.getSpec().ingresses.get(0).portName = "other";
    assertThat(fields()).containsExactly("spec.ingresses[0].portName");
  }

  @Test
  void aPrivateNameWithoutAnyHealthCheckIsRefused() {
    app.getSpec().ingresses.clear();
    app.getSpec().autoscaling = null;
    app.getSpec().privateDns = new PrivateDns();
    app.getSpec().privateDns.name = "web";
    assertThat(fields()).containsExactly("spec.healthCheck");
  }

  @Test
  void scalingOnRequestsNeedsAnIngress() {
    app.getSpec().ingresses.clear();
    assertThat(fields()).containsExactly("spec.autoscaling.requestsPerMinutePerTask");
  }

  @Test
  void theSizeTableHasExactlySeventyFourPairs() {
    int pairs = 0;
    for (int cpu = 0; cpu <= 32768; cpu += 256) {
      for (int memory = 0; memory <= 131072; memory += 512) {
        pairs += FargateSizes.exists(cpu, memory) ? 1 : 0;
      }
    }
    assertThat(pairs).isEqualTo(74);
  }

  @Test
  void theSmallestNumberOfTasksIsNotAboveTheLargest() {
    app.getSpec().autoscaling.minReplicas = 5;
    assertThat(AppValidation.check(app).get(0).toString())
        .isEqualTo("spec.autoscaling.minReplicas: 5 is more than maxReplicas 4");
    app.getSpec().autoscaling.minReplicas = 4;
    assertThat(fields()).isEmpty();
  }

  @Test
  void aRuleTakesSixWildcardsAndNoMore() {
    app.getSpec().ingresses.get(0).paths = List.of("/*/*/*", "/?/?/?");
    assertThat(fields()).isEmpty();
    app.getSpec().ingresses.get(0).paths = List.of("/*/*/*", "/?/?/?/?");
    assertThat(AppValidation.check(app).get(0).message()).contains("7 wildcards; AWS takes 6");
  }

  @Test
  void aVariableHasOneSource() {
    app.getSpec().env.get(1).value = "plain";
    assertThat(AppValidation.check(app).get(0).toString())
        .isEqualTo("spec.env[1]: has both value and valueFrom; keep one");
    app.getSpec().env.get(1).value = null;
    app.getSpec().env.get(1).valueFrom.ssmParameterArn = "arn:aws:ssm:eu-central-1:1:parameter/x";
    assertThat(fields()).containsExactly("spec.env[1].valueFrom");
  }

  @Test
  void valuesThatDoNotFitATaskDefinitionAreRefusedWithTheWayOut() {
    app.getSpec().env.get(0).value = "é".repeat(16 * 1024);
    assertThat(fields()).isEmpty();
    app.getSpec().env.get(0).value += "x";
    assertThat(AppValidation.check(app).get(0).toString())
        .contains("spec.env: holds 32769 bytes", "put large values into a secret");
  }

  @Test
  void anAppWithoutAnImageIsRefused() {
    app.getSpec().image = " ";
    assertThat(fields()).containsExactly("spec.image");
  }
}
