package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.build.DatabaseRestore;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** A run without faults, whose objects are changed one after the other. */
final class PropertyWorld implements AutoCloseable {
  private static final Duration LONG_ENOUGH = Duration.ofHours(3);

  /** A change of one object reaches the others by their next look, a minute later at most. */
  private static final Duration NEXT_LOOK = Duration.ofSeconds(70);

  private static final Pattern SERVED = Pattern.compile(" taskDefinition=(arn:[^,}]+)");
  private static final Pattern REVISION = Pattern.compile("taskDefinitionArn=(arn:[^,}]+)");

  private static final Pattern PRIORITY = Pattern.compile("Priority=[0-9]+");
  private static final Pattern WEIGHT = Pattern.compile("Weight=[1-9][0-9]*");
  private static final Pattern COOKIE =
      Pattern.compile(
          "(Key=stickiness.enabled, Value=false\\}, "
              + "\\{Key=stickiness.lb_cookie.duration_seconds, Value=)[0-9]+");

  /** What AWS chooses, and what tells how often something was changed before. */
  private static final Map<Pattern, String> BY_CHANCE =
      Map.of(
          Pattern.compile("(task-definition/[^:, }]+):[0-9]+"), "$1",
          Pattern.compile(" revision=[0-9]+"), "",
          // What an alarm measures is not declared.
          Pattern.compile(" State[A-Z][A-Za-z]*=([^,{}]|\\{[^}]*\\})*,"), "",
          // Each kept revision keeps its version; the value is looked at by itself.
          Pattern.compile(" SecretVersionsToStages=.*?\\]\\],"), "",
          Pattern.compile("HostedZoneId=[A-Z0-9]+"), "HostedZoneId=#",
          Pattern.compile("-[0-9]{6,}(\\.[a-z0-9-]+\\.elb)"), "-#$1",
          Pattern.compile("(subnet|vpc|fs|fsap|fsmt|eni)-[0-9a-f]{8,}"), "$1-#");

  private static final Map<String, String> PARAMETERS =
      Map.of("/shop/one", "parameter one", "/shop/two", "parameter two");

  final CampaignWorld world = new CampaignWorld(new Disturbance(null));
  private final Stage stage = new Stage(world);
  private final Map<String, String> names = new TreeMap<>();

  /** With what others have in the account, and two Secrets and ConfigMaps of the namespace. */
  PropertyWorld() {
    Leftovers person = world.person;
    names.put(
        "$group",
        person
            .ec2
            .createSecurityGroup(
                r -> r.groupName("theirs").description("theirs").vpcId("vpc-0123456789abcdef0"))
            .groupId());
    names.put("$balancer", balancer(names.get("$group")));
    names.put(
        "$fileSystem",
        person.efs.createFileSystem(r -> r.creationToken("theirs").encrypted(true)).fileSystemId());
    names.put(
        "$secret",
        person.secrets.createSecret(r -> r.name("theirs").secretString("{\"user\":\"u\"}")).arn());
    names.put("$parameter", "arn:aws:ssm:eu-central-1:123456789012:parameter");
    PARAMETERS.forEach(
        (name, value) ->
            person.parameters.putParameter(
                r -> r.name(name).value(value).type(ParameterType.SECURE_STRING)));
    world.cluster.secret("keys", Map.of("one", "first", "two", "second"));
    world.cluster.secret("others", Map.of("one", "another"));
    world.cluster.secret("dbkeys", Map.of("username", "root", "password", "Abcdefghijklmnop1"));
    world.cluster.configMap("settings", Map.of("one", "first", "two", "second"));
    world.cluster.configMap("others", Map.of("one", "another"));
  }

  /** With a listener that answers whoever no rule serves. */
  private String balancer(String group) {
    var elb = world.person.elb;
    String arn =
        elb.createLoadBalancer(
                r ->
                    r.name("theirs")
                        .securityGroups(group)
                        .subnets("subnet-0aaa0000000000001", "subnet-0aaa0000000000002"))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    elb.createListener(
        r ->
            r.loadBalancerArn(arn)
                .port(80)
                .protocol(ProtocolEnum.HTTP)
                .defaultActions(
                    action ->
                        action
                            .type(ActionTypeEnum.FIXED_RESPONSE)
                            .fixedResponseConfig(answer -> answer.statusCode("404"))));
    return arn;
  }

  /** The id of what others have. */
  String named(String text) {
    String named = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      named = named.replace(name.getKey(), name.getValue());
    }
    return named;
  }

  /** Applies the objects, as they are named here, and lets everything come to rest. */
  void apply(List<ObjectNode> objects) {
    applyAtOnce(objects);
    rest();
    // Whoever is still asked in the old way is asked for the last time by now.
    world.hosts.clear();
    world.run(NEXT_LOOK);
    rest();
  }

  /** Applies the objects, and waits for nothing. */
  void applyAtOnce(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      world.cluster.apply(PropertyValues.json(named(object.toString())), "kubectl");
    }
  }

  /**
   * A recovery point of the database's file system, {@code $point}, with these directories in it;
   * and the task that would move them finds what it looks for.
   */
  void backUp(List<ObjectNode> objects, List<String> directories) {
    for (ObjectNode object : objects) {
      if (object.path("kind").asText().equals("FargateDatabase")) {
        object
            .withObject("/spec/backup")
            .put("schedule", "0 3 * * *")
            .put("roleArn", "arn:aws:iam::123456789012:role/fargate-operator-backup");
      }
    }
    apply(objects);
    world.aws.scriptedTasks().running().stream()
        .flatMap(task -> task.containers().stream())
        .flatMap(container -> container.mounts().stream())
        .map(mount -> mount.folder().get())
        .forEach(data -> directories.forEach(it -> makeBeside(data, it)));
    world.cluster.merge(
        "FargateDatabase", "db", "{\"metadata\":{\"annotations\":{\"fargate.dev/backup\":\"1\"}}}");
    world.run(Duration.ofMinutes(10));
    names.put(
        "$point",
        ((FargateDatabase) world.cluster.object("FargateDatabase", "db"))
            .getStatus()
            .backup
            .recoveryPoints
            .get(0)
            .arn);
    world
        .aws
        .scriptedTasks()
        .image("mongo:7.0", DatabaseRestore.CONTAINER)
        .worksFor(Duration.ofSeconds(3), container -> 0);
  }

  /** The database's own directory is two levels below the root of the file system. */
  private static void makeBeside(Path data, String directory) {
    try {
      Files.createDirectories(data.getParent().getParent().resolve(directory.substring(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rest() {
    world.run(Duration.ofSeconds(1));
    if (!world.runUntil(LONG_ENOUGH, stage::settled)) {
      throw new AssertionError("does not settle\n" + stage.describe());
    }
  }

  /** What of the objects is not as it should be when all is well; empty when all is. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>(world.truth.lies());
    complaints.addAll(world.unexpected);
    for (CustomResource<?, ?> object : world.cluster.objects()) {
      for (Condition condition : Truth.conditions(object)) {
        // Whether it is loud is measured, not declared.
        boolean quiet = condition.getType().equals("AlarmsQuiet");
        if (!quiet
            && condition.getStatus().equals("True") == condition.getType().equals("Stalled")) {
          complaints.add(said(object, condition));
        }
      }
    }
    return complaints;
  }

  /**
   * Why an object of this kind goes no further; what an environment has wrong its apps may say.
   * Empty when it does.
   */
  String stalled(String kind) {
    return world.cluster.objects().stream()
        .filter(object -> object.getKind().equals(kind) || kind.equals("FargateEnvironment"))
        .flatMap(object -> Truth.conditions(object).stream())
        .filter(it -> it.getType().equals("Stalled") && it.getStatus().equals("True"))
        .map(Condition::getMessage)
        .collect(Collectors.joining(" "));
  }

  private static String said(CustomResource<?, ?> object, Condition condition) {
    return String.join(
        " ",
        object.getKind(),
        condition.getType() + "=" + condition.getStatus(),
        condition.getReason(),
        condition.getMessage());
  }

  /** What AWS has; numbers of revisions, and revisions that no longer serve, aside. */
  List<String> aws() {
    List<String> lines = new ArrayList<>(world.asPerson(() -> Account.lines(world)));
    world.asPerson(
        () -> {
          more(lines);
          return null;
        });
    Set<String> served = new TreeSet<>();
    for (String line : lines) {
      Matcher revision = SERVED.matcher(line);
      if (line.startsWith("service ") && revision.find()) {
        served.add(revision.group(1));
      }
    }
    return lines.stream()
        .filter(
            line -> {
              Matcher revision = REVISION.matcher(line);
              return !line.startsWith("revision ")
                  || revision.find() && served.contains(revision.group(1));
            })
        .map(line -> line.replace(named("$fileSystem"), "fileSystem:theirs"))
        .map(PropertyWorld::withoutChance)
        .sorted()
        .toList();
  }

  /** What the account's picture leaves out, or shows without its ids. */
  private void more(List<String> lines) {
    Leftovers person = world.person;
    for (var secret : person.secrets.listSecrets().secretList()) {
      String value = person.secrets.getSecretValue(r -> r.secretId(secret.arn())).secretString();
      if (secret.name().endsWith("/env")) {
        lines.add("secret value " + value);
      } else if (secret.name().endsWith("/credentials")) {
        String connection = PropertyValues.json(value).path("connectionString").asText();
        lines.add("connection to " + connection.replaceAll(".*/|\\?.*", ""));
      }
    }
    for (var balancer : person.elb.describeLoadBalancers().loadBalancers()) {
      for (var listener :
          person
              .elb
              .describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
              .listeners()) {
        listener
            .certificates()
            .forEach(
                it ->
                    lines.add(
                        "certificate of port "
                            + listener.port()
                            + " "
                            + it.certificateArn().substring(it.certificateArn().length() - 4)));
      }
    }
    // What ECS itself put in: no other place shows that it found the parameter.
    world.aws.scriptedTasks().running().stream()
        .flatMap(task -> task.containers().stream())
        .flatMap(container -> container.environment().entrySet().stream())
        .filter(variable -> PARAMETERS.containsValue(variable.getValue()))
        .forEach(variable -> lines.add("container has " + variable));
    world.hosts.stream()
        .filter(host -> !host.endsWith(".amazonaws.com"))
        .forEach(host -> lines.add("AWS is asked at " + host));
    for (var files : person.efs.describeFileSystems().fileSystems()) {
      lines.add(
          String.join(
              " ",
              "file system",
              files.fileSystemId().equals(named("$fileSystem")) ? "theirs" : "",
              "PerformanceMode=" + files.performanceModeAsString(),
              "ThroughputMode=" + files.throughputModeAsString(),
              "Encrypted=" + files.encrypted(),
              "KmsKeyId=" + files.kmsKeyId(),
              files.tags().stream().map(Object::toString).sorted().toList().toString()));
    }
  }

  private static String withoutChance(String line) {
    String plain = line;
    for (Map.Entry<Pattern, String> chance : BY_CHANCE.entrySet()) {
      plain = chance.getKey().matcher(plain).replaceAll(chance.getValue());
    }
    return plain;
  }

  /**
   * What does not matter aside: where among the free priorities a computed rule stands, and how
   * long the cookie of stickiness would live that is off.
   */
  private static List<String> comparable(List<String> aws) {
    return aws.stream()
        .map(line -> PRIORITY.matcher(line).replaceAll("Priority=#"))
        .map(line -> WEIGHT.matcher(line).replaceAll("Weight=#"))
        .map(line -> COOKIE.matcher(line).replaceAll("$1#"))
        .sorted()
        .toList();
  }

  /** What one list has more and less than the other; empty when they are the same. */
  static Optional<String> difference(List<String> now, List<String> before) {
    List<String> is = comparable(now);
    List<String> was = comparable(before);
    List<String> more = new ArrayList<>(is);
    was.forEach(more::remove);
    List<String> less = new ArrayList<>(was);
    is.forEach(less::remove);
    if (more.isEmpty() && less.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "\n  + " + String.join("\n  + ", more) + "\n  - " + String.join("\n  - ", less));
  }

  /** Why the API server does not take the object; empty when it does. */
  String refusal(ObjectNode object) {
    return world.cluster.refusal(PropertyValues.json(named(object.toString())));
  }

  @Override
  public void close() {
    world.close();
  }
}
