package dev.fargate.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People turn log levels up when they look for a fault, and hand the log to others. */
class LogLevelsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.http.wire",
        "org.apache.http.headers",
        "software.amazon.awssdk.retries.internal.DefaultStandardRetryStrategy",
        "io.fabric8.kubernetes.client.http.HttpLoggingInterceptor"
      })
  void noLevelPrintsTheBodiesOfRequestsWhichHoldSecrets(String logger) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.putProperty("FARGATE_LOG_LEVEL", "TRACE");
    context.putProperty("FARGATE_LIBRARY_LOG_LEVEL", "TRACE");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
    assertThat(context.getLogger("dev.fargate").isTraceEnabled()).isTrue();
    assertThat(context.getLogger(logger).isDebugEnabled()).isFalse();
    context.stop();
  }
}
