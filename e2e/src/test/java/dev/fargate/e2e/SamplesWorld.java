package dev.fargate.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.e2e.kubernetes.Kubernetes;
import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.quickstart.Cluster;
import dev.fargate.local.quickstart.progress.ObjectState;
import dev.fargate.local.quickstart.sample.FreePorts;
import dev.fargate.local.quickstart.sample.ListenerPorts;
import dev.fargate.local.quickstart.sample.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * All samples of this repository, each folder applied as it lies there, in one cluster and one
 * account that others use, too; on real processes, with an operator that is elected.
 */
final class SamplesWorld implements AutoCloseable {
  private static final String LEASE_NAMESPACE = Kubernetes.OPERATOR_NAMESPACE;

  /** Two looks at what rolls out, which come every five seconds. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  /** Minutes; a minute takes two seconds here. */
  private static final int LONGER_THAN_A_START = 60;

  private static final String RECONCILE = "fargate.dev/reconcile";

  private final FreePorts ports = new FreePorts();
  private final List<Cluster> samples = new ArrayList<>();
  private final LocalPlatform platform;
  private final Account account;

  /** What the account held before the samples came. */
  private final Set<String> before;

  /** Starts all and lets the neighbours in; the samples come with {@link #apply}. */
  SamplesWorld() {
    platform =
        new LocalPlatform(
            AwsEndpoint.builder()
                .realTime(PhoenixWorld.TIME_SCALE)
                .processTasks(PhoenixImage.table())
                .build());
    account = new Account(platform.aws());
    new Neighbours(account, ports).settle();
    before = account.everything();
    folders().stream().map(this::read).forEach(samples::add);
    platform.startOperator(LEASE_NAMESPACE);
  }

  private static List<Path> folders() {
    try (Stream<Path> entries = Files.list(LocalPlatform.ROOT.resolve("samples"))) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Cluster read(Path folder) {
    Sample sample = Sample.read(folder);
    ListenerPorts.write(sample, OptionalInt.of(0), ports);
    sample.ofKind("FargateApp").forEach(SamplesWorld::fixCount);
    sample.ofKind("FargateApp").forEach(SamplesWorld::silence);
    return new Cluster(platform.client(), sample);
  }

  /** Starting a JVM is a CPU peak, and a change of the count would be a change of the status. */
  private static void fixCount(ObjectNode app) {
    if (app.at("/spec/autoscaling").isObject()) {
      ObjectNode scaling = (ObjectNode) app.at("/spec/autoscaling");
      scaling.set("maxReplicas", scaling.get("minReplicas"));
    }
  }

  /** Likewise: no start lasts that long. */
  private static void silence(ObjectNode app) {
    app.at("/spec/alarms")
        .forEach(alarm -> ((ObjectNode) alarm).put("evaluationPeriods", LONGER_THAN_A_START));
  }

  /** {@code kubectl apply -f} of every folder, and waits until all is Ready. */
  void apply() {
    samples.forEach(Cluster::apply);
    until(
        "all samples are Ready",
        () -> !states().isEmpty() && states().stream().allMatch(ObjectState::ready));
  }

  /** Until the operator has written nothing for a while: what follows being Ready is done. */
  void untilQuiet() {
    clearRecords();
    Awaitility.await("the operator writes nothing")
        .atMost(PhoenixWorld.PATIENCE)
        .during(QUIET)
        .until(
            () -> {
              boolean quiet = operatorWrites().isEmpty();
              clearRecords();
              return quiet;
            });
  }

  /** As long as what a look brings about may take; what was written stays recorded. */
  void untilNothingFollows() {
    Awaitility.await("a while").atMost(PhoenixWorld.PATIENCE).during(QUIET).until(() -> true);
  }

  /** {@code kubectl annotate} of every object of ours, which the operator answers with a pass. */
  void askForALook() {
    for (ObjectState state : states()) {
      var all = platform.client().genericKubernetesResources("fargate.dev/v1alpha1", state.kind());
      var one =
          state.namespace().isEmpty()
              ? all.withName(state.name())
              : all.inNamespace(state.namespace()).withName(state.name());
      one.edit(
          object -> {
            object.getMetadata().getAnnotations().put(RECONCILE, "now");
            return object;
          });
    }
  }

  /** The objects' statuses in words, one line each. */
  List<String> statuses() {
    return of("/status");
  }

  /** What each write to an object counts up, one line each. */
  List<String> versions() {
    return of("/metadata/resourceVersion");
  }

  private List<String> of(String field) {
    return samples.stream()
        .flatMap(sample -> sample.present().stream())
        .map(object -> object.at("/metadata/name").asText() + " " + object.at(field))
        .toList();
  }

  /** {@code kubectl delete --wait=false}, kind by kind. */
  void delete(List<String> kinds) {
    samples.forEach(sample -> sample.delete(kinds));
  }

  /** The samples' objects of our kinds that still exist. */
  List<ObjectState> states() {
    return samples.stream().flatMap(sample -> sample.states().stream()).toList();
  }

  /** The samples' objects that still exist, of whatever kind. */
  List<String> remaining() {
    return samples.stream().flatMap(sample -> sample.remaining().stream()).toList();
  }

  Set<String> before() {
    return before;
  }

  Account account() {
    return account;
  }

  /** Forgets the calls so far, on both sides. */
  void clearRecords() {
    platform.aws().calls().clear();
    platform.kubernetes().forgetWrites();
  }

  /**
   * What the operator has written to AWS and to Kubernetes since, in words; but for its Lease,
   * which it renews every two seconds.
   */
  List<String> operatorWrites() {
    return Stream.concat(
            account.operatorWrites().stream(), platform.kubernetes().operatorWrites().stream())
        .toList();
  }

  /** How many whole looks at AWS every environment has had since. */
  long sweeps() {
    // Read once per environment and sweep.
    var perCluster =
        platform.aws().calls().named("ecs:ListServices").stream()
            .filter(call -> call.principal().equals(LocalPlatform.OPERATOR_KEY))
            .collect(
                Collectors.groupingBy(
                    call -> call.input().string("cluster").orElse(""), Collectors.counting()));
    long environments =
        states().stream().filter(state -> state.kind().equals("FargateEnvironment")).count();
    return perCluster.size() < environments
        ? 0
        : perCluster.values().stream().mapToLong(Long::longValue).min().orElse(0);
  }

  void until(String what, java.util.concurrent.Callable<Boolean> holds) {
    PhoenixWorld.await(what, holds, this::describe);
  }

  private String describe() {
    StringBuilder text = new StringBuilder();
    states().forEach(state -> text.append(state).append('\n'));
    remaining().forEach(object -> text.append("there: ").append(object).append('\n'));
    operatorWrites().forEach(write -> text.append("written: ").append(write).append('\n'));
    account.lastLogLines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  @Override
  public void close() {
    account.close();
    platform.close();
    ports.close();
  }
}
