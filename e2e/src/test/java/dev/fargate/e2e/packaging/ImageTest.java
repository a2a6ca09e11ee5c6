package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Jib builds and what the chart runs are the same thing. */
class ImageTest {
  private final String pom = Repository.text(Repository.root().resolve("operator/pom.xml"));
  private final Chart chart = Chart.with(Map.of());

  @Test
  void theMainClassExists() throws ClassNotFoundException {
    assertThat(Class.forName(configured("mainClass"))).hasDeclaredMethods("main");
  }

  @Test
  void theUserIsTheSame() {
    JsonNode pod = chart.podSpec().path("securityContext");
    assertThat(configured("user"))
        .isEqualTo(pod.path("runAsUser").asText() + ":" + pod.path("runAsGroup").asText());
  }

  @Test
  void thePortIsTheSame() {
    assertThat(configured("port"))
        .isEqualTo(chart.container().at("/ports/0/containerPort").asText());
    assertThat(chart.the("Service").at("/spec/ports/0/targetPort"))
        .isEqualTo(chart.container().at("/ports/0/name"));
  }

  @Test
  void noBuildNeedsARegistry() {
    String plugin = pom.substring(pom.indexOf("jib-maven-plugin"));
    assertThat(plugin.substring(0, plugin.indexOf("</plugin>"))).doesNotContain("<execution>");
  }

  private String configured(String element) {
    String jib = pom.substring(pom.indexOf("jib-maven-plugin"));
    Matcher value = Pattern.compile("<" + element + ">([^<]+)</" + element + ">").matcher(jib);
    assertThat(value.find()).as(element).isTrue();
    return value.group(1);
  }
}
