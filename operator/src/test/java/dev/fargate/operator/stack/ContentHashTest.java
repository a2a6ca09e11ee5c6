package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.HealthCheck;
import dev.fargate.operator.stack.TaskDefinition.Logs;
import dev.fargate.operator.stack.TaskDefinition.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentHashTest {
  private static final ResourceId SECRET = new ResourceId(Kind.SECRET, "env");
  private static final ResourceId LOGS = new ResourceId(Kind.LOG_GROUP, "logs");
  private static final Resolution V1 = secret("arn:s", "v1");

  private static final Container CONTAINER =
      new Container(
          "web",
          "web:1",
          true,
          List.of(),
          List.of("--port", "80"),
          null,
          null,
          false,
          30,
          List.of(new Port("http", 80, "tcp", null)),
          new TreeMap<>(Map.of("A", "1")),
          new TreeMap<>(
              Map.of(
                  "TOKEN",
                  Value.joined(
                      Value.ref(SECRET, Output.ARN),
                      Value.known(":TOKEN::"),
                      Value.ref(SECRET, Output.VERSION_ID)))),
          null,
          new Logs(Value.ref(LOGS, Output.NAME), "eu-central-1", "web"));

  private static Resolution secret(String arn, String version) {
    return Resolution.none().with(SECRET, Map.of(Output.ARN, arn, Output.VERSION_ID, version));
  }

  private static TaskDefinition of(Container container) {
    return new TaskDefinition(
        new ResourceId(Kind.TASK_DEFINITION, "tasks"),
        "default-web-1",
        256,
        512,
        "X86_64",
        null,
        "arn:execution",
        null,
        List.of(container));
  }

  private static String hash(Container container) {
    return ContentHash.of(of(container), V1).orElseThrow();
  }

  @Test
  void theSameContentHasTheSameHash() {
    assertThat(hash(CONTAINER)).hasSize(32).isEqualTo(hash(CONTAINER));
  }

  /** Upgrading the operator must not roll every app: this hash is for ever. */
  @Test
  void theHashOfAContentNeverChanges() {
    assertThat(hash(CONTAINER)).isEqualTo("f285dc7db080a1e4069b85e9ccf99e66");
  }

  static List<UnaryOperator<Container>> changes() {
    return List.of(
        c -> with(c, "web:2", c.command(), c.environment(), c.healthCheck(), c.ports()),
        c -> with(c, c.image(), List.of("--port 80"), c.environment(), c.healthCheck(), c.ports()),
        c ->
            with(
                c,
                c.image(),
                c.command(),
                new TreeMap<>(Map.of("A", "2")),
                c.healthCheck(),
                c.ports()),
        c ->
            with(
                c,
                c.image(),
                c.command(),
                c.environment(),
                new HealthCheck(List.of("CMD", "true"), 30, 5, 3, 0),
                c.ports()),
        c ->
            with(
                c,
                c.image(),
                c.command(),
                c.environment(),
                c.healthCheck(),
                List.of(new Port("http", 81, "tcp", null))));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyChangeOfContentIsAnotherHash(UnaryOperator<Container> change) {
    assertThat(hash(change.apply(CONTAINER))).isNotEqualTo(hash(CONTAINER));
  }

  @Test
  void aNewlineInAValueCannotPretendToBeAnotherField() {
    Container one =
        with(
            CONTAINER,
            "web:1",
            CONTAINER.command(),
            new TreeMap<>(Map.of("A", "1\nenv B=1:2")),
            null,
            CONTAINER.ports());
    Container two =
        with(
            CONTAINER,
            "web:1",
            CONTAINER.command(),
            new TreeMap<>(Map.of("A", "1", "B", "2")),
            null,
            CONTAINER.ports());
    assertThat(hash(one)).isNotEqualTo(hash(two));
  }

  @Test
  void theOrderOfPortsMakesNoDifference() {
    Port http = new Port("http", 80, "tcp", null);
    Port admin = new Port("admin", 81, "tcp", null);
    assertThat(hash(ports(List.of(http, admin)))).isEqualTo(hash(ports(List.of(admin, http))));
  }

  @Test
  void aChangedSecretIsANewRevisionAndItsArnIsNot() {
    String first = hash(CONTAINER);
    assertThat(ContentHash.of(of(CONTAINER), secret("arn:s", "v2")))
        .isNotEqualTo(Optional.of(first));
    assertThat(ContentHash.of(of(CONTAINER), secret("arn:other", "v1"))).contains(first);
  }

  @Test
  void withoutTheVersionOfTheSecretTheHashIsNotKnown() {
    assertThat(ContentHash.of(of(CONTAINER), Resolution.none())).isEmpty();
  }

  private static Container ports(List<Port> ports) {
    return with(CONTAINER, "web:1", CONTAINER.command(), CONTAINER.environment(), null, ports);
  }

  private static Container with(
      Container c,
      String image,
      List<String> command,
      java.util.SortedMap<String, String> environment,
      HealthCheck healthCheck,
      List<Port> ports) {
    return new Container(
        c.name(),
        image,
        c.essential(),
        c.entryPoint(),
        command,
        c.user(),
        c.workingDirectory(),
        c.readOnlyRootFilesystem(),
        c.stopTimeoutSeconds(),
        ports,
        environment,
        c.secrets(),
        healthCheck,
        c.logs());
  }
}
