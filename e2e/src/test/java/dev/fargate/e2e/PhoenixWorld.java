package dev.fargate.e2e;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * The Phoenix sample, as it lies in samples/, on real processes: Kubernetes, AWS and the operator
 * in this JVM, in real time.
 */
final class PhoenixWorld implements AutoCloseable {
  /**
   * A minute of an alarm takes two seconds: long enough that the processes' CPU, which is looked at
   * each second, is measured in each.
   */
  static final double TIME_SCALE = 30;

  /** Ends a wait for something that will not come; says nothing about how long it should take. */
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration LOOK = Duration.ofMillis(200);

  /** Below the ports that systems give to outgoing connections. */
  private static final int FIRST_PORT = 10_000;

  private static final int LAST_PORT = 30_000;

  /** The class that stands in for a MongoDB. */
  private static final String MONGO = "MongoStandIn";

  final LocalPlatform platform;
  final Account account;
  private final FargateEnvironment environment =
      sample("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = sample("database.yaml", FargateDatabase.class);
  private final FargateApp app = sample("app.yaml", FargateApp.class);
  private final OperatorRuntime operator;

  private PhoenixWorld(AwsEndpoint aws) {
    platform = new LocalPlatform(aws);
    account = new Account(aws);
    environment.getSpec().loadBalancers.get(0).listeners.get(0).port = freePort();
    // Starting a JVM is a CPU peak: tests that are not about scaling would get tasks they do not
    // expect.
    app.getSpec().autoscaling.maxReplicas = 1;
    operator = platform.startOperator(null);
    apply(environment, database, app);
  }

  /** On real processes: all is started and the sample applied; {@link #untilReady} waits for it. */
  static PhoenixWorld ofProcesses() {
    return new PhoenixWorld(
        AwsEndpoint.builder().realTime(TIME_SCALE).processTasks(PhoenixImage.table()).build());
  }

  static <R> R sample(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(
          Files.readString(LocalPlatform.ROOT.resolve("samples/phoenix").resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException taken) {
        continue;
      }
    }
  }

  AwsEndpoint aws() {
    return platform.aws();
  }

  KubernetesClient client() {
    return platform.client();
  }

  /** {@code kubectl apply --server-side}. */
  void apply(HasMetadata... objects) {
    for (HasMetadata object : objects) {
      client().resource(object).fieldManager("kubectl").forceConflicts().serverSideApply();
    }
  }

  /** {@code kubectl edit} of the app. */
  void edit(Consumer<FargateApp> change) {
    edit(this::app, change);
  }

  /** {@code kubectl edit} of the database. */
  void editDatabase(Consumer<FargateDatabase> change) {
    edit(this::database, change);
  }

  /** {@code kubectl annotate} of the app: the operator reads AWS at once. */
  void askForALook() {
    edit(
        app ->
            app.getMetadata()
                .getAnnotations()
                .put("fargate.dev/reconcile", String.valueOf(System.nanoTime())));
  }

  /** The Events of an object of ours, each its reason and message. */
  List<String> events(String name) {
    return client().v1().events().inAnyNamespace().list().getItems().stream()
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }

  /** When the operator has written the status in between, once more. */
  private <R extends CustomResource<?, ?>> void edit(Supplier<R> now, Consumer<R> change) {
    while (true) {
      try {
        client()
            .resource(now.get())
            .edit(
                stored -> {
                  change.accept(stored);
                  return stored;
                });
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }

  /** Deletes the database object, waits until it is gone, and applies it again as it was. */
  void deleteDatabaseAndApplyItAgain() {
    FargateDatabase again = sample("database.yaml", FargateDatabase.class);
    again.setSpec(database().getSpec());
    delete("FargateDatabase");
    until("the database object is gone", () -> database() == null);
    apply(again);
  }

  /** The app as Kubernetes has it. */
  FargateApp app() {
    return client().resource(app).get();
  }

  FargateDatabase database() {
    return client().resource(database).get();
  }

  FargateEnvironment environment() {
    return client().resource(environment).get();
  }

  /** The objects of the sample that still exist. */
  List<? extends CustomResource<?, ?>> objects() {
    return java.util.stream.Stream.of(environment(), database(), app())
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  void delete(String kind) {
    client()
        .resource(
            switch (kind) {
              case "FargateEnvironment" -> environment;
              case "FargateDatabase" -> database;
              default -> app;
            })
        .delete();
  }

  /** Until all three objects are Ready for their present spec. */
  PhoenixWorld untilReady() {
    until("Phoenix is Ready", () -> objects().stream().allMatch(PhoenixWorld::isReady));
    return this;
  }

  static boolean isReady(CustomResource<?, ?> object) {
    return conditions(object).stream()
        .anyMatch(
            c ->
                c.getType().equals("Ready")
                    && c.getStatus().equals("True")
                    && object.getMetadata().getGeneration().equals(c.getObservedGeneration()));
  }

  private static List<Condition> conditions(CustomResource<?, ?> object) {
    if (object instanceof FargateApp it) {
      return it.getStatus() == null ? List.of() : it.getStatus().conditions;
    }
    if (object instanceof FargateDatabase it) {
      return it.getStatus() == null ? List.of() : it.getStatus().conditions;
    }
    FargateEnvironment it = (FargateEnvironment) object;
    return it.getStatus() == null ? List.of() : it.getStatus().conditions;
  }

  /** Waits; when it never comes, tells where everything stands. */
  void until(String what, Callable<Boolean> holds) {
    await(what, holds, this::describe);
  }

  /**
   * Waits.
   *
   * @param where tells where everything stands, when it never comes
   */
  static void await(String what, Callable<Boolean> holds, Supplier<String> where) {
    try {
      Awaitility.await(what).atMost(PATIENCE).pollInterval(LOOK).until(holds);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(what + " never came\n" + where.get(), e);
    }
  }

  /** Phoenix' image with another tag, which the program tells as its version. */
  String image(String tag) {
    String image = app.getSpec().image;
    return image.substring(0, image.lastIndexOf(':') + 1) + tag;
  }

  /** Whether the app is Ready with this tag serving. */
  boolean serves(String tag) {
    FargateApp now = app();
    return isReady(now) && now.getStatus().serving.image.equals(image(tag));
  }

  static void bounds(FargateApp app, int min, int max) {
    app.getSpec().autoscaling.minReplicas = min;
    app.getSpec().autoscaling.maxReplicas = max;
  }

  /** The app's. */
  Service service() {
    return account.service("phoenix");
  }

  Service databaseService() {
    return account.service("phoenix-db");
  }

  /** All target groups of the account. */
  List<String> targetGroups() {
    return account.balancers.describeTargetGroups().targetGroups().stream()
        .map(group -> group.targetGroupArn())
        .toList();
  }

  /** The addresses that the load balancer sends requests to. */
  List<String> healthyTargets() {
    String group = service().loadBalancers().get(0).targetGroupArn();
    return account
        .balancers
        .describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .filter(target -> target.targetHealth().stateAsString().equals("healthy"))
        .map(target -> target.target().id())
        .sorted()
        .toList();
  }

  /** The security group of the load balancer. */
  String balancerGroup() {
    return environment().getStatus().loadBalancers.get(0).securityGroupId;
  }

  /** The security group of an app's tasks. */
  static String group(FargateApp app) {
    return app.getStatus().resources.stream()
        .filter(resource -> resource.kind.equals("SecurityGroup"))
        .map(resource -> resource.arn)
        .findFirst()
        .orElseThrow();
  }

  /** The processes of the machine that are a MongoDB of this world. */
  List<ProcessHandle> databaseProcesses() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(process -> process.info().commandLine().orElse("").contains(MONGO))
        .toList();
  }

  /** The page's URL. */
  URI url() {
    return URI.create(app().getStatus().url);
  }

  /** Asks Phoenix through its load balancer. */
  Page page() {
    return new Page(url());
  }

  /** For a failing test: objects, failed calls, the last lines of the logs. */
  String describe() {
    StringBuilder text = new StringBuilder();
    for (CustomResource<?, ?> object : objects()) {
      object.getMetadata().setManagedFields(List.of());
      text.append(Serialization.asYaml(object)).append('\n');
    }
    aws().calls().matching(call -> call.isWrite() || call.error().isPresent()).stream()
        .map(call -> call.time() + " " + call.name() + " " + call.error().orElse("") + "\n")
        .forEach(text::append);
    account.lastLogLines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  @Override
  public void close() {
    account.close();
    operator.close();
    platform.close();
  }
}
