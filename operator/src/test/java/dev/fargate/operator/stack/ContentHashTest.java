package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.HealthCheck;
import dev.fargate.operator.stack.TaskDefinition.Logs;
import dev.fargate.operator.stack.TaskDefinition.Mount;
import dev.fargate.operator.stack.TaskDefinition.Port;
import dev.fargate.operator.stack.TaskDefinition.Volume;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private static final ResourceId SECRET = new ResourceId(Kind.SECRET, "env");
  private static final ResourceId FILES = new ResourceId(Kind.FILE_SYSTEM, "data");
  private static final ResourceId POINT = new ResourceId(Kind.ACCESS_POINT, "data");
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

  /** One of everything that a task definition may have. */
  private static TaskDefinition full() {
    return new TaskDefinition(
        new ResourceId(Kind.TASK_DEFINITION, "tasks"),
        "default-web-1",
        512,
        1024,
        "ARM64",
        30,
        "arn:execution",
        "arn:task",
        List.of(
            new Container(
                "web",
                "web:1",
                true,
                List.of("/run"),
                List.of("--port", "80"),
                "1000",
                "/srv",
                true,
                45,
                List.of(new Port("http", 80, "tcp", "http")),
                CONTAINER.environment(),
                CONTAINER.secrets(),
                new HealthCheck(List.of("CMD", "true"), 11, 6, 4, 7),
                CONTAINER.logs(),
                List.of(new Mount("data", "/data", true)))),
        List.of(new Volume("data", Value.ref(FILES, Output.ID), Value.ref(POINT, Output.ID))));
  }

  /** Also that of a part which is added to these records later. */
  @Test
  void everyChangeOfContentIsAnotherHash() throws Exception {
    Map<String, Object> others = others(full());
    assertThat(others).hasSizeGreaterThan(35).containsKey("containers[0].healthCheck.retries");
    others.remove("id.kind");
    others.remove("id.name");
    Map<String, String> before = new HashMap<>();
    before.put(ContentHash.of(full(), V1).orElseThrow(), "nothing");
    others.forEach(
        (part, other) ->
            assertThat(
                    before.put(
                        ContentHash.of((TaskDefinition) other, V1).orElseThrow(),
                        part + " changed"))
                .as(part + " makes no difference to what there was when")
                .isNull());
  }

  /** The value with one part changed, by the name of that part. */
  private static Map<String, Object> others(Object value) throws Exception {
    Map<String, Object> others = new LinkedHashMap<>();
    if (value instanceof Value) {
      others.put("", Value.known("other"));
    } else if (value instanceof Record record) {
      RecordComponent[] components = record.getClass().getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        for (var other : others(component(record, components[i])).entrySet()) {
          others.put(
              (components[i].getName() + "." + other.getKey()).replaceAll("\\.(?=\\[|$)", ""),
              with(record, i, other.getValue()));
        }
      }
    } else if (value instanceof List<?> list && list.get(0) instanceof Record) {
      for (var other : others(list.get(0)).entrySet()) {
        others.put("[0]." + other.getKey(), List.of(other.getValue()));
      }
    } else {
      others.put("", other(value));
    }
    return others;
  }

  private static Object other(Object value) {
    if (value instanceof List<?> list) {
      return Stream.concat(list.stream(), Stream.of("more")).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> more = new TreeMap<>(map);
      more.put("MORE", map.values().iterator().next());
      return more;
    } else if (value instanceof Kind) {
      return Kind.CLUSTER;
    } else if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Boolean yes) {
      return !yes;
    }
    return value + "-other";
  }

  private static Object component(Record record, RecordComponent component) throws Exception {
    Object value = component.getAccessor().invoke(record);
    assertThat(value).as("full() has no " + component.getName()).isNotNull();
    return value;
  }

  private static Record with(Record record, int index, Object value) throws Exception {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = i == index ? value : components[i].getAccessor().invoke(record);
    }
    return (Record) record.getClass().getDeclaredConstructor(types).newInstance(values);
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
