package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.LocalReference;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.api.v1alpha1.database.Credentials;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Strings that nobody else would write stand in every secret value, and in every error text of AWS
 * that could quote one; then everything that people can see is searched for them.
 */
class SecretCanariesTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);
  private static final String TOKEN = "canary-of-a-token-\"7f3a\"-and-more";
  private static final String USER = "canaryuser51c2";
  private static final String PASSWORD = "canary-of-a-password-9b1e";

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment =
      Faults.read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = Faults.read("database.yaml", FargateDatabase.class);
  private final FargateApp app = Faults.read("app.yaml", FargateApp.class);
  private final List<String> seen = new ArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger sdk = (Logger) LoggerFactory.getLogger("software.amazon.awssdk");
  private final List<Appender<ILoggingEvent>> console = new ArrayList<>();
  private final Level before = root.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    // With everything that the operator could log: people turn levels up to look for a fault. The
    // libraries' own levels are set in logback.xml, see LogLevelsTest.
    root.iteratorForAppenders().forEachRemaining(console::add);
    console.forEach(root::detachAppender);
    root.setLevel(Level.DEBUG);
    sdk.setLevel(Level.INFO);
    log.start();
    root.addAppender(log);
    world.watch(object -> seen.add(Serialization.asJson(object)));
    world.secrets.put("api", Map.of("token", TOKEN));
    world.secrets.put("login", Map.of("username", USER, "password", PASSWORD));
    EnvVar variable = new EnvVar();
    variable.name = "API_TOKEN";
    variable.valueFrom = new ValueFrom();
    variable.valueFrom.secretKeyRef = new KeyReference();
    variable.valueFrom.secretKeyRef.name = "api";
    variable.valueFrom.secretKeyRef.key = "token";
    app.getSpec().env.add(variable);
  }

  @AfterEach
  void close() {
    root.detachAppender(log);
    console.forEach(root::addAppender);
    root.setLevel(before);
    sdk.setLevel(null);
    world.close();
  }

  /** Every text that somebody could see, but for Secrets Manager's own. */
  private List<String> everything() {
    List<String> texts = new ArrayList<>(seen);
    world.events.forEach(event -> texts.add(event.toString()));
    for (ILoggingEvent event : List.copyOf(log.list)) {
      texts.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        texts.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    texts.add(world.describe());
    ByHand person = new ByHand(world.aws);
    person
        .ecs()
        .listTaskDefinitions()
        .taskDefinitionArns()
        .forEach(
            arn ->
                texts.add(
                    person.ecs().describeTaskDefinition(r -> r.taskDefinition(arn)).toString()));
    List<String> services = person.ecs().listServices(r -> r.cluster("phoenix")).serviceArns();
    if (!services.isEmpty()) {
      texts.add(
          person.ecs().describeServices(r -> r.cluster("phoenix").services(services)).toString());
    }
    return texts;
  }

  private void settle() {
    world.runUntil(
        "all are ready",
        LONG_ENOUGH,
        () -> world.ready("FargateApp", "phoenix") && world.ready("FargateDatabase", "phoenix-db"));
    world.run(Duration.ofMinutes(2));
  }

  private SecretsManagerClient vault() {
    return SecretsManagerClient.builder()
        .region(Region.EU_CENTRAL_1)
        .endpointOverride(URI.create("http://localhost"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDPERSON", "none")))
        .httpClient(world.aws.httpClient())
        .build();
  }

  private String generatedPassword() {
    String credentials =
        vault()
            .getSecretValue(r -> r.secretId("fargate/acme/default/phoenix-db/database/credentials"))
            .secretString();
    Matcher password = Pattern.compile("\"password\":\"([^\"]+)\"").matcher(credentials);
    assertThat(password.find()).isTrue();
    return password.group(1);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertNothingShown(String... canaries) {
    List<String> texts = everything();
    assertThat(texts).hasSizeGreaterThan(10);
    for (String canary : canaries) {
      assertThat(texts)
          .as("a text with a secret value")
          .noneMatch(text -> text.contains(canary) || text.contains(canary.replace("\"", "\\\"")));
    }
  }

  @Test
  void noValueIsSeenAnywhere() {
    database.getSpec().connectionSecret = true;
    world.apply(environment, database, app);
    settle();
    String generated = generatedPassword();
    world.secrets.put("api", Map.of("token", TOKEN + "-changed"));
    world.run(Duration.ofMinutes(5));
    world.restartOperator();
    settle();
    app.getSpec().mode = "Plan";
    app.getSpec().image = "phoenix:2";
    world.secrets.put("api", Map.of("token", TOKEN + "-again"));
    world.apply(app);
    world.run(Duration.ofMinutes(3));
    assertThat(world.app("phoenix").getStatus().plan).isNotNull();
    assertThat(world.kubernetes.get("default", "phoenix-db-connection")).isPresent();
    assertNothingShown("canary-of-a", generated, base64(generated));
    assertThat(log.list).isNotEmpty();
  }

  @Test
  void aGivenPasswordIsNotSeenEither() {
    database.getSpec().credentials = new Credentials();
    database.getSpec().credentials.secretRef = new LocalReference();
    database.getSpec().credentials.secretRef.name = "login";
    database.getSpec().connectionSecret = true;
    world.apply(environment, database, app);
    settle();
    assertThat(
            vault()
                .getSecretValue(
                    r -> r.secretId("fargate/acme/default/phoenix-db/database/credentials"))
                .secretString())
        .contains(PASSWORD);
    assertThat(world.kubernetes.get("default", "phoenix-db-connection").orElseThrow().getData())
        .containsEntry("password", base64(PASSWORD));
    assertNothingShown("canary", PASSWORD, base64(PASSWORD));
  }

  @Test
  void noErrorTextOfAwsCarriesAValueOn() {
    List<String> quotes =
        List.of(
            "bad value: " + TOKEN,
            "bad value: {\"API_TOKEN\":\"" + TOKEN.replace("\"", "\\\"") + "\"}",
            "bad value at 'secretString': " + TOKEN.substring(0, 20) + "...");
    world.apply(environment, database, app);
    settle();
    for (int i = 0; i < quotes.size(); i++) {
      String canary = TOKEN + i;
      world
          .aws
          .faults()
          .on("secretsmanager:PutSecretValue")
          .fail("InvalidParameterException", quotes.get(i).replace(TOKEN, canary));
      world.secrets.put("api", Map.of("token", canary));
      world.run(Duration.ofMinutes(3));
      assertThat(world.describe()).contains("quotes a secret value");
      assertNothingShown("canary-of-a");
    }
  }
}
