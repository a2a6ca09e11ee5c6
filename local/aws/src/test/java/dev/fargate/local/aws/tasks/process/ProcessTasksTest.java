package dev.fargate.local.aws.tasks.process;

import static dev.fargate.local.aws.tasks.process.ProcessFixture.container;
import static dev.fargate.local.aws.tasks.process.ProcessFixture.program;
import static dev.fargate.local.aws.tasks.process.ProcessFixture.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.tasks.process.mongo.MongodProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessTasksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ProcessFixture fixture;

  private ProcessFixture with(ImageTable.Entry... images) {
    fixture = new ProcessFixture(ImageTable.of(images).or(BuiltInImages.table()));
    return fixture;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void awaitEvent(String event) {
    await(event).atMost(PATIENCE).until(() -> fixture.events.stream().anyMatch(event::equals));
  }

  private void awaitLog(String line) {
    await(line).atMost(PATIENCE).until(() -> fixture.log.stream().anyMatch(line::equals));
  }

  /** A port that is free on every address of this machine. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void anImageThatTheTableLacksCannotBePulled() {
    with().start(container("example.com/unknown:1"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fixture.events.stream()
                    .anyMatch(
                        event ->
                            event.startsWith("failed CannotPullContainerError: ")
                                && event.contains("example.com/unknown:1")));
  }

  @Test
  void whatAContainerPrintsIsItsLogAndItsStatusItsExitCode() {
    with(shell("talk", "echo out; echo err >&2; exit 3")).start(container("talk:1"));
    awaitEvent("exited 3");
    assertThat(fixture.log).containsExactlyInAnyOrder("out", "err");
    assertThat(fixture.events).containsExactly("started sha256:", "exited 3");
  }

  @Test
  void aContainerSeesItsOwnEnvironmentAndNothingOfTheMachines() {
    String ip =
        with(shell("env", "env; echo end"))
            .start(container("env", Map.of("MINE", "a b"), List.of(), List.of()));
    awaitLog("end");
    assertThat(fixture.log).contains("MINE=a b", "BIND_ADDRESS=" + ip);
    assertThat(fixture.log)
        .noneMatch(line -> line.startsWith("JAVA_HOME=") || line.startsWith("USER="));
  }

  @Test
  void aCommandIsAppendedToTheImagesOwnAndPlaceholdersAreFilled() {
    TaskRuntime.Container plain = container("repo.io/args:7");
    TaskRuntime.Container withCommand =
        new TaskRuntime.Container(
            plain.name(),
            plain.image(),
            List.of(),
            List.of("--more"),
            Map.of(),
            true,
            List.of(),
            List.of(),
            null,
            plain.stopTimeout(),
            "group",
            "stream");
    ImageTable.Entry image =
        new ImageTable.Entry(
            "args", List.of("/bin/sh", "-c", "echo $@", "args", "{tag}", "{address}"));
    String ip = with(image).start(withCommand);
    awaitLog("7 " + ip + " --more");
  }

  @Test
  void anEntryPointIsRefusedAndNotRunOnThisMachine() {
    TaskRuntime.Container plain = container("talk");
    with(shell("talk", "exit 0"))
        .start(
            new TaskRuntime.Container(
                "main",
                plain.image(),
                List.of("/bin/rm"),
                List.of(),
                Map.of(),
                true,
                List.of(),
                List.of(),
                null,
                plain.stopTimeout(),
                "group",
                "stream"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fixture.events.stream()
                    .anyMatch(event -> event.contains("entryPoint is not supported")));
  }

  @Test
  void aStoppedTaskIsAskedToEndFirst() {
    with(shell("polite", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done"))
        .start(container("polite"));
    awaitLog("ready");
    fixture.stop(Duration.ofSeconds(30));
    awaitEvent("exited 0");
    assertThat(fixture.log).containsExactly("ready", "bye");
  }

  @Test
  void oneThatWillNotEndIsKilledWithAllItsChildren() {
    with(shell(
            "deaf",
            "trap '' TERM; sleep 1000 & echo $!; sh -c 'sleep 1000 & echo $!; wait' &"
                + " while :; do sleep 0.05; done"))
        .start(container("deaf"));
    await().atMost(PATIENCE).until(() -> fixture.log.size() == 2);
    fixture.stop(Duration.ofMillis(200));
    awaitEvent("exited 137");
    await().atMost(PATIENCE).until(() -> fixture.log.stream().noneMatch(ProcessTasksTest::alive));
  }

  private static boolean alive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void childrenDieWithTheEndpointEvenWhenItIsKilled() throws Exception {
    with();
    childrenDieWith(host(List.of()), Process::destroyForcibly);
  }

  @Test
  void childrenDieWithTheEndpointEvenWhenItsWholeGroupIsKilled() throws Exception {
    assumeTrue(Wrapper.sessions(), "this machine has no setsid");
    with();
    // All start before the first is looked at.
    Map<String, Process> hosts = new TreeMap<>();
    for (String signal : List.of("INT", "TERM", "HUP", "KILL")) {
      hosts.put(signal, host(List.of("setsid")));
    }
    try {
      for (Map.Entry<String, Process> host : hosts.entrySet()) {
        childrenDieWith(host.getValue(), process -> signalGroup(process, host.getKey()));
      }
    } finally {
      hosts.values().forEach(Process::destroyForcibly);
    }
  }

  private static void signalGroup(Process leader, String signal) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " -- -" + leader.pid())
          .start()
          .waitFor();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another process with an endpoint that runs one task; it prints the process ids of the task. */
  private static Process host(List<String> before) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            ImageTable.java(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            "host"));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static void childrenDieWith(Process host, Consumer<Process> end) throws IOException {
    try (BufferedReader out = new BufferedReader(new InputStreamReader(host.getInputStream()))) {
      List<String> pids = List.of(out.readLine().substring(4), out.readLine().substring(4));
      assertThat(pids).allMatch(ProcessTasksTest::alive);
      end.accept(host);
      await().atMost(PATIENCE).until(() -> pids.stream().noneMatch(ProcessTasksTest::alive));
    } finally {
      host.destroyForcibly();
    }
  }

  @Test
  void aJavaProgramSeesAPrivateNameAsSoonAsItChanges() {
    with(program("resolver", "resolve", "db.phoenix.local")).start(container("resolver"));
    awaitLog("db.phoenix.local is unknown");
    fixture.names.set(Map.of("db.phoenix.local", List.of("127.7.9.9")));
    awaitLog("db.phoenix.local is 127.7.9.9");
    fixture.names.set(Map.of("db.phoenix.local", List.of("127.7.9.10")));
    awaitLog("db.phoenix.local is 127.7.9.10");
  }

  @Test
  void anyOtherProgramSeesPrivateNamesWhereTheMachineAllowsIt() {
    assumeTrue(HostNames.namespaces(), "this machine gives no user namespaces");
    with(
        shell(
            "resolver",
            "while :; do getent ahostsv4 db.phoenix.local | head -1 | cut -d' ' -f1;"
                + " getent ahostsv4 localhost | head -1 | cut -d' ' -f1; sleep 0.1; done"));
    String ip = fixture.start(container("resolver"));
    awaitLog(ip);
    fixture.names.set(Map.of("db.phoenix.local", List.of("127.7.9.9")));
    awaitLog("127.7.9.9");
  }

  @Test
  void aTaskOverItsMemoryIsKilledForThat() {
    with().start(container("faulty:leak"), 1024, 256);
    awaitEvent("exited 137 OutOfMemoryError: Container killed due to memory usage");
  }

  @Test
  void cpuIsMeasuredAgainstTheTasksSizeAndNeverAboveIt() {
    with().start(container("faulty:burn"), 256, 1024);
    await()
        .atMost(PATIENCE)
        .until(() -> fixture.cpu.stream().filter(percent -> percent > 50).count() > 2);
    assertThat(fixture.cpu).allMatch(percent -> percent <= 100);
  }

  @Test
  void aProgramThatTakesAPortOfEveryAddressIsEndedAndToldWhy() throws Exception {
    int port = freePort();
    String ip =
        with(program("greedy", "listen", "0.0.0.0", String.valueOf(port)))
            .start(container("greedy", Map.of(), List.of(port), List.of()));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fixture.log.stream()
                    .anyMatch(
                        line ->
                            line.contains("listens on every address at port " + port)
                                && line.contains(ip)));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fixture.events.stream()
                    .anyMatch(event -> event.startsWith("exited 137 CannotStartContainerError: ")));
  }

  @Test
  void tasksListenOnTheSamePortOfDifferentAddresses() throws Exception {
    int port = freePort();
    ImageTable.Entry modest = program("modest", "listen", "{address}", String.valueOf(port));
    with(modest);
    String first = fixture.start(container("modest", Map.of(), List.of(port), List.of()));
    awaitLog("listening on /" + first + ":" + port);
    String second = fixture.addresses.take(ProcessFixture.SUBNET);
    try (ServerSocket other = new ServerSocket(port, 5, InetAddress.getByName(second))) {
      assertThat(other.isBound()).isTrue();
    }
  }

  @Test
  void aHealthCommandDecidesTheContainersHealth() {
    with(shell(
            "ill", "touch fine; while [ ! -f checked ]; do sleep 0.05; done; rm fine; sleep 1000"))
        .start(
            container(
                "ill", Map.of(), List.of(), List.of("CMD-SHELL", "touch checked; test -f fine")));
    awaitEvent("unhealthy");
  }

  @Test
  void aHealthCommandRunsBesideTheContainerWithItsEnvironment() {
    with(shell("well", "touch \"$MARK\"; sleep 1000"))
        .start(
            container(
                "well",
                Map.of("MARK", "here"),
                List.of(),
                List.of("CMD-SHELL", "test -f \"$MARK\"")));
    awaitEvent("healthy");
    assertThat(fixture.events).doesNotContain("unhealthy");
  }

  @Test
  void aFaultyImageFailsAsItsTagSays() {
    with().start(container("faulty:exit"));
    awaitEvent("exited 1");
  }

  @Test
  void theMongoImageAsksForItsPasswordAndAnswersItsHealthCommand() {
    fixture = new ProcessFixture(BuiltInImages.table(""));
    String ip = fixture.start(mongo());
    awaitEvent("healthy");
    assertThat(fixture.log)
        .containsExactly("MongoDB stand-in (data in memory only) listening on " + ip + ":27017");
    assertThat(count(ip, "secret")).isZero();
    assertThatThrownBy(() -> count(ip, "wrong")).isInstanceOf(MongoSecurityException.class);
  }

  private static long count(String ip, String password) {
    String url = "mongodb://root:" + password + "@" + ip + ":27017/demoDB?authSource=admin";
    try (MongoClient client = MongoClients.create(url)) {
      return client.getDatabase("demoDB").getCollection("logs").countDocuments();
    }
  }

  @Test
  void theMongoImageIsThisMachinesMongodWhereThereIsOne(@TempDir Path folder) throws IOException {
    Path mongod = folder.resolve("mongod");
    Files.writeString(
        mongod,
        "#!/bin/sh\nexec '%s' -Xmx64m -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
            .formatted(
                ImageTable.java(),
                System.getProperty("java.class.path"),
                MongodProgram.class.getName()));
    assertThat(mongod.toFile().setExecutable(true)).isTrue();
    fixture = new ProcessFixture(BuiltInImages.table("/nowhere:" + folder));
    String ip = fixture.start(mongo());
    awaitEvent("healthy");
    List<String> log =
        fixture.log.stream().map(line -> line.replaceAll("port, [0-9]+", "port, N")).toList();
    assertThat(log)
        .containsExactly(
            "This machine's mongod, " + mongod + ", on " + ip,
            "started with [--port, N]",
            "a user with role root in admin",
            "started with [--auth, --port, N]");
    assertThat(fixture.log.get(3)).contains("--port, 27017");
    assertThat(count(ip, "secret")).isZero();
    assertThatThrownBy(() -> count(ip, "wrong")).isInstanceOf(MongoSecurityException.class);
    fixture.stop(PATIENCE);
    awaitEvent("exited 143");
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKillAndASecondTaskWaitsForTheFirst(@TempDir Path folder) {
    fixture = new ProcessFixture(BuiltInImages.table(System.getenv("PATH")));
    TaskRuntime.Container durable = durable(folder);
    String first = fixture.start(durable);
    awaitEvent("healthy");
    insert(first);

    String second = fixture.startSecond(durable);
    await()
        .atMost(PATIENCE)
        .until(
            () -> fixture.log.contains("another task holds the data: waiting until it has ended"));
    fixture.kill("MongoStandIn", first);
    awaitEvent("exited 137");
    await().atMost(PATIENCE).until(() -> count(second, "secret") == 1);
    assertThatThrownBy(() -> count(second, "another")).isInstanceOf(MongoSecurityException.class);
  }

  private static void insert(String ip) {
    String url = "mongodb://root:secret@" + ip + ":27017/demoDB?authSource=admin";
    try (MongoClient client = MongoClients.create(url)) {
      client.getDatabase("demoDB").getCollection("logs").insertOne(new org.bson.Document("a", 1));
    }
  }

  /** As the operator writes it for a FargateDatabase on EFS. */
  private static TaskRuntime.Container durable(Path folder) {
    TaskRuntime.Container plain = mongo();
    return new TaskRuntime.Container(
        plain.name(),
        plain.image(),
        List.of(
            "sh",
            "-c",
            "exec 9>>/data/db/.writer.lock; until flock -n 9; do"
                + " echo 'another task holds the data: waiting until it has ended'; sleep 1; done;"
                + " exec docker-entrypoint.sh \"$@\"",
            "mongodb"),
        plain.command(),
        plain.environment(),
        true,
        plain.ports(),
        plain.healthCommand(),
        plain.healthTiming(),
        plain.stopTimeout(),
        "group",
        "stream",
        List.of(new TaskRuntime.Mount("/data/db", false, "place", () -> folder)));
  }

  /** As the operator writes it for a FargateDatabase. */
  private static TaskRuntime.Container mongo() {
    TaskRuntime.Container plain =
        container(
            "mongo:8.0",
            Map.of("MONGO_INITDB_ROOT_USERNAME", "root", "MONGO_INITDB_ROOT_PASSWORD", "secret"),
            List.of(27_017),
            List.of(
                "CMD-SHELL", "mongosh --quiet --eval \"db.adminCommand('ping').ok\" || exit 1"));
    return new TaskRuntime.Container(
        plain.name(),
        plain.image(),
        List.of(),
        List.of("mongod", "--auth", "--bind_ip_all"),
        plain.environment(),
        true,
        plain.ports(),
        plain.healthCommand(),
        plain.healthTiming(),
        plain.stopTimeout(),
        "group",
        "stream");
  }

  @Test
  void imagesAreMatchedByNameWhateverTheirRegistryAndTag() {
    with();
    ImageTable table = ImageTable.of(shell("mongo*", "a"), shell("repo.io/team/*", "b"));
    assertThat(table.find("docker.io/library/mongo:7").orElseThrow().pattern()).isEqualTo("mongo*");
    assertThat(table.find("mongo@sha256:abc").orElseThrow().pattern()).isEqualTo("mongo*");
    assertThat(table.find("repo.io/team/app:1").orElseThrow().pattern())
        .isEqualTo("repo.io/team/*");
    assertThat(table.find("other.io/app:1")).isEmpty();
    assertThat(ImageTable.tag("localhost:5000/app")).isEqualTo("latest");
    assertThat(ImageTable.tag("localhost:5000/app:2@sha256:abc")).isEqualTo("2");
  }
}
