package dev.fargate.operator.status;

import static dev.fargate.operator.status.Scene.NOW;
import static dev.fargate.operator.status.Scene.ONE;
import static dev.fargate.operator.status.Scene.START;
import static dev.fargate.operator.status.Scene.TWO;
import static dev.fargate.operator.status.Scene.deployment;
import static dev.fargate.operator.status.Scene.exit;
import static dev.fargate.operator.status.Scene.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.ObjectStatus;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.database.EfsStorage;
import dev.fargate.operator.Golden;
import dev.fargate.operator.apply.Cloud.ExistingListener;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.Rollout.Shift;
import dev.fargate.operator.plan.Rollout.TaskFailure;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Phoenix;
import dev.fargate.operator.stack.build.Place;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A status as people and tools read it, whole, for what may be in AWS. */
class StatusTextTest {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS))
          .setSerializationInclusion(JsonInclude.Include.NON_EMPTY);

  private static final Map<String, Map<String, Supplier<ObjectStatus>>> SCENES =
      Map.of("apps", apps(), "databases", databases(), "environments", environments());

  private static final Map<String, Map<String, String>> EXPECTED = new HashMap<>();

  static Stream<Arguments> scenes() {
    return Stream.of("apps", "databases", "environments")
        .flatMap(kind -> SCENES.get(kind).keySet().stream().map(name -> arguments(kind, name)));
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void aStatusReadsLikeThis(String kind, String name) {
    if (!Golden.writes()) {
      assertThat(text(kind, name)).isEqualTo(expected(kind).get(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps", "databases", "environments"})
  void noTextIsOfASceneThatIsGone(String kind) {
    if (Golden.writes()) {
      StringBuilder all = new StringBuilder();
      for (String name : SCENES.get(kind).keySet()) {
        all.append("=== ").append(name).append('\n').append(text(kind, name));
      }
      Golden.assertText(file(kind), all.toString());
      return;
    }
    assertThat(expected(kind).keySet()).containsExactlyElementsOf(SCENES.get(kind).keySet());
  }

  private static Map<String, Supplier<ObjectStatus>> apps() {
    Map<String, Supplier<ObjectStatus>> scenes = new LinkedHashMap<>();
    app(scenes, "at rest", () -> Scene.app(), s -> {});
    app(scenes, "nothing is there yet", () -> new_(), s -> {});
    app(scenes, "at rest, seen again", () -> Scene.app().then(), s -> {});
    app(
        scenes,
        "what it has cannot all be read",
        () -> Scene.app(),
        s -> s.unknown.add(Kind.LISTENER_RULE));
    rollouts(scenes);
    failures(scenes);
    stops(scenes);
    halts(scenes);
    alarms(scenes);
    names(scenes);
    sizes(scenes);
    return scenes;
  }

  private static void app(
      Map<String, Supplier<ObjectStatus>> scenes,
      String name,
      Supplier<Scene> before,
      Consumer<Scene> change) {
    scenes.put(
        name,
        () -> {
          Scene scene = before.get();
          change.accept(scene);
          return scene.appStatus();
        });
  }

  /** With the first steps planned, of which one waits. */
  private static Scene new_() {
    Scene scene = Scene.app();
    List<Action> steps =
        List.of(
            create(scene, Ids.TASK_GROUP),
            create(scene, Ids.targetGroup("web")),
            create(scene, Ids.LOG_GROUP),
            create(scene, Ids.TASK_DEFINITION),
            waiting(create(scene, Ids.SERVICE), "the target group's rule"));
    scene.brandNew();
    scene.actions.addAll(steps);
    return scene;
  }

  private static Action create(Scene scene, ResourceId id) {
    return scene.action(Verb.CREATE, id);
  }

  private static Action waiting(Action action, String what) {
    return new Action(
        action.verb(),
        action.id(),
        action.desired(),
        action.observed(),
        action.changes(),
        action.tags(),
        action.after(),
        what,
        action.startsDeployment(),
        action.losesData(),
        action.reason(),
        action.digest());
  }

  // Rollouts

  private static void rollouts(Map<String, Supplier<ObjectStatus>> scenes) {
    app(
        scenes,
        "another revision rolls out while the old one serves",
        () -> Scene.app().then(),
        s ->
            s.rollout(
                deployment("PRIMARY", TWO, 2, 1, "IN_PROGRESS"),
                deployment("ACTIVE", ONE, 2, 2, "COMPLETED")));
    app(
        scenes,
        "its targets are not healthy yet",
        () -> Scene.app(),
        s ->
            s.rollout(
                    deployment("PRIMARY", TWO, 2, 2, "IN_PROGRESS"),
                    deployment("ACTIVE", ONE, 1, 1, "COMPLETED"))
                .target("10.0.0.1", "healthy", null, null)
                .target("10.0.0.2", "healthy", null, null)
                .target("10.0.0.3", "initial", "Elb.RegistrationInProgress", "Target registration")
                .target("10.0.0.4", "draining", "Target.DeregistrationInProgress", null)
                .target("10.0.0.5", "unused", "Target.NotInUse", null));
    app(
        scenes,
        "the load balancer finds one unhealthy",
        () -> Scene.app(),
        s ->
            s.rollout(deployment("PRIMARY", TWO, 2, 2, "IN_PROGRESS"))
                .target("10.0.0.1", "healthy", null, null)
                .target(
                    "10.0.0.2",
                    "unhealthy",
                    "Target.ResponseCodeMismatch",
                    "Health checks failed with these codes: [500]"));
    app(
        scenes,
        "complete for ECS, and the load balancer finds none healthy",
        () -> Scene.app().then(),
        s -> s.target("10.0.0.1", "unhealthy", "Target.Timeout", "Request timed out"));
    app(
        scenes,
        "it takes longer than the progress deadline",
        () -> Scene.app(),
        s ->
            s.rollout(
                new dev.fargate.operator.plan.Rollout.Deployment(
                    "ecs-svc/2",
                    "PRIMARY",
                    TWO,
                    "phoenix:2",
                    2,
                    1,
                    1,
                    0,
                    "IN_PROGRESS",
                    null,
                    NOW.minus(Scene.DEADLINE).minusSeconds(1),
                    NOW)));
    app(
        scenes,
        "ECS rolled back",
        () -> Scene.app().then(),
        s -> {
          s.rollout(deployment("PRIMARY", ONE, 1, 1, "COMPLETED"));
          s.failedRevisions.add(TWO);
          s.failures.add(exit("t1", START.plusSeconds(10), 1));
        });
    app(
        scenes,
        "the first revision failed, with none to go back to",
        () -> Scene.app(),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 1, 0, "FAILED"));
          s.failures.add(exit("t1", START.plusSeconds(10), 0));
        });
    app(
        scenes,
        "settings that were rolled back are not tried again",
        () -> Scene.app().then(),
        s -> s.givenUp = true);
    app(
        scenes,
        "another revision is about to be rolled out",
        () -> Scene.app().then(),
        s -> {
          s.requested = "arn:aws:ecs:r:1:task-definition/phoenix:3";
          s.actions.add(s.action(Verb.UPDATE, Ids.SERVICE));
        });
    app(
        scenes,
        "another revision is being registered",
        () -> Scene.app().then(),
        s -> {
          s.requested = null;
          s.actions.add(s.action(Verb.CREATE, Ids.TASK_DEFINITION));
        });
    for (String stage : List.of("SCALE_UP", "PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP")) {
      app(
          scenes,
          "ECS moves traffic: " + stage,
          () -> canary(),
          s -> {
            s.rollout(
                deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS"),
                deployment("ACTIVE", ONE, 1, 1, "COMPLETED"));
            s.shift = new Shift("arn:sd", "IN_PROGRESS", stage);
            s.target("10.0.0.1", "healthy", null, null);
          });
    }
    app(
        scenes,
        "ECS gives the traffic back",
        () -> canary(),
        s -> {
          s.rollout(
              deployment("PRIMARY", ONE, 1, 1, "IN_PROGRESS"),
              deployment("ACTIVE", TWO, 1, 1, "IN_PROGRESS"));
          s.shift = new Shift("arn:sd", "ROLLBACK_IN_PROGRESS", null);
          s.failedRevisions.add(TWO);
        });
    app(
        scenes,
        "only the rollback alarms are waited for",
        () ->
            Scene.app(
                app -> {
                  alarm(app);
                  app.getSpec().rollout = new Rollout();
                  app.getSpec().rollout.rollbackAlarms = List.of("busy");
                }),
        s ->
            s.rollout(
                    deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS"),
                    deployment("ACTIVE", ONE, 0, 0, "COMPLETED"))
                .target("10.0.0.1", "healthy", null, null));
  }

  private static Scene canary() {
    Place place = Phoenix.place();
    place.defaults().infrastructureRoleArn = "arn:aws:iam::123456789012:role/infrastructure";
    return Scene.app(
        app -> {
          app.getSpec().autoscaling = null;
          app.getSpec().rollout = new Rollout();
          app.getSpec().rollout.strategy = "Canary";
        },
        place);
  }

  // Tasks that fail

  private static void failures(Map<String, Supplier<ObjectStatus>> scenes) {
    app(
        scenes,
        "its tasks stop again and again",
        () -> Scene.app().then(),
        s -> {
          for (int i = 1; i <= 3; i++) {
            s.failures.add(exit("t" + i, NOW.minusSeconds(60L * i), 137));
          }
          s.lastLogLines.put("arn:aws:ecs:r:1:task/t1", "out of coffee");
        });
    app(
        scenes,
        "one stopped, and is replaced",
        () -> Scene.app().then(),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 2, 1, "COMPLETED"));
          s.failures.add(exit("t1", NOW.minusSeconds(60), null));
        });
    app(
        scenes,
        "ECS has forgotten a failed task, the status has not",
        () -> Scene.app(app -> {}).withFailure(exit("t1", START.plusSeconds(5), 3)),
        s -> s.rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS")));
    app(
        scenes,
        "a task of an older revision failed, which is no matter of this one",
        () -> Scene.app(),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS"));
          s.failures.add(
              new TaskFailure(
                  "arn:aws:ecs:r:1:task/t0",
                  ONE,
                  "TaskFailedToStart",
                  "CannotPullContainerError: not found",
                  null,
                  null,
                  null,
                  null,
                  Map.of()));
        });
  }

  // What stops a pass

  private static void stops(Map<String, Supplier<ObjectStatus>> scenes) {
    app(
        scenes,
        "a name is held by others",
        () -> new_(),
        s -> s.conflicts.add(new Plan.Conflict("TargetGroup/web phoenix-web", "arn:tg")));
    app(
        scenes,
        "a path is held by others, and what runs goes on",
        () -> Scene.app().then(),
        s -> {
          s.conflicts.add(new Plan.Conflict("ListenerRule/web-80 /*", "FargateApp/default/other"));
          s.conflicts.add(new Plan.Conflict("ListenerRule/web-80 /b", "arn:rule"));
        });
    app(
        scenes,
        "denied before invalid, with what would follow",
        () -> new_(),
        s -> {
          s.outcomes.add(
              failed(s.actions.get(2), ErrorClass.INVALID, "InvalidParameter", "no such thing"));
          s.outcomes.add(
              failed(s.actions.get(0), ErrorClass.DENIED, "AccessDenied", "not authorized"));
        });
    app(
        scenes,
        "denied, and what runs goes on",
        () -> Scene.app().then(),
        s -> {
          s.actions.add(s.action(Verb.UPDATE, Ids.SERVICE));
          s.outcomes.add(
              failed(s.actions.get(0), ErrorClass.DENIED, "AccessDenied", "not authorized"));
        });
    app(
        scenes,
        "a quota is reached",
        () -> new_(),
        s ->
            s.outcomes.add(
                failed(s.actions.get(1), ErrorClass.CAPACITY, "TooManyTargetGroups", "limit")));
    for (ErrorClass passing : List.of(ErrorClass.THROTTLED, ErrorClass.SERVER)) {
      app(
          scenes,
          "a call failed that is tried again: " + passing,
          () -> new_(),
          s -> s.outcomes.add(failed(s.actions.get(1), passing, "Again", "later")));
    }
    app(
        scenes,
        "the operator held a call back itself",
        () -> new_(),
        s ->
            s.outcomes.add(
                failed(s.actions.get(1), ErrorClass.THROTTLED, Outcome.HELD_BACK, "wait")));
    app(
        scenes,
        "something has to settle first",
        () -> new_(),
        s ->
            s.outcomes.add(
                failed(s.actions.get(1), ErrorClass.TRANSIENT, "ResourceInUse", "in use")));
    app(
        scenes,
        "AWS cannot be read lately",
        () -> Scene.app().then(),
        s -> s.unread = Unread.of("ServiceUnavailable", NOW.minusSeconds(180), NOW));
    app(
        scenes,
        "AWS cannot be read for longer",
        () -> Scene.app().then(),
        s -> s.unread = Unread.of("ServiceUnavailable", NOW.minusSeconds(181), NOW));
    app(
        scenes,
        "the number of tasks is changed, and what came of it not read",
        () -> Scene.app().then(),
        s -> s.countTold = 3);
    app(
        scenes,
        "something beside AWS is being made",
        () -> Scene.app().then(),
        s -> s.beside = new Cause(Reason.CREATING, "The connection Secret is being written."));
    app(
        scenes,
        "something beside AWS is held by others",
        () -> Scene.app(),
        s -> s.beside = new Cause(Reason.CONFLICT, "Secret x belongs to others."));
  }

  // What a person holds up

  private static void halts(Map<String, Supplier<ObjectStatus>> scenes) {
    FieldChange path =
        new FieldChange("healthCheck.path", "/x", "/healthz", FieldChange.Effect.IN_PLACE);
    for (Halt halt :
        List.of(
            new Halt(Reason.PAUSED, "It is paused."),
            new Halt(Reason.PLAN_PENDING, "Approve it."),
            new Halt(Reason.PLAN_CHANGED, "The plan has changed."),
            new Halt(Reason.PLAN_PENDING, "It is being approved.", true))) {
      String how = halt.reason() + (halt.passing() ? ", passing" : "");
      app(scenes, "a new one is halted: " + how, () -> new_(), s -> s.halt = halt);
      app(
          scenes,
          "one that serves is halted: " + how,
          () -> Scene.app().then(),
          s -> {
            s.halt = halt;
            s.actions.add(s.action(Verb.UPDATE, Ids.targetGroup("web"), path));
          });
      app(
          scenes,
          "a rollout is halted: " + how,
          () -> Scene.app().then(),
          s -> {
            s.halt = halt;
            s.rollout(deployment("PRIMARY", TWO, 2, 1, "COMPLETED"));
            s.actions.add(s.action(Verb.UPDATE, Ids.targetGroup("web"), path));
          });
    }
    app(
        scenes,
        "others have changed something",
        () -> Scene.app().then(),
        s -> s.actions.add(s.action(Verb.UPDATE, Ids.targetGroup("web"), path)));
    app(
        scenes,
        "what differs is left to others",
        () -> Scene.app(),
        s ->
            List.of("count", "capacity", "count")
                .forEach(
                    field ->
                        s.ignored.add(
                            new Plan.Ignored(
                                Ids.SERVICE,
                                new FieldChange(field, "1", "2", FieldChange.Effect.IN_PLACE)))));
  }

  // Alarms

  private static void alarm(FargateApp app) {
    for (String name : List.of("busy", "full")) {
      Alarm alarm = new Alarm();
      alarm.name = name;
      alarm.metric = "Cpu";
      alarm.thresholdPercent = 80;
      alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
      app.getSpec().alarms.add(alarm);
    }
  }

  private static Scene in(String busy, String full) {
    return Scene.app(StatusTextTest::alarm)
        .changed(Ids.alarm("busy"), one -> state(one, busy))
        .changed(Ids.alarm("full"), one -> state(one, full));
  }

  private static ObservedResource state(ObservedResource one, String state) {
    return state == null
        ? one
        : Scene.actually(
            ((MetricAlarm) one.actual())
                .in(new MetricAlarm.State(state, "because", "2026-11-21T09:00:00Z")),
            one);
  }

  private static void alarms(Map<String, Supplier<ObjectStatus>> scenes) {
    app(scenes, "its alarms are quiet", () -> in("OK", "OK"), s -> {});
    app(scenes, "one alarm is raised", () -> in("ALARM", "OK"), s -> {});
    app(scenes, "both alarms are raised", () -> in("ALARM", "ALARM"), s -> {});
    app(
        scenes,
        "an alarm has no data, one has just been made",
        () -> in("INSUFFICIENT_DATA", null),
        s -> {});
    app(
        scenes,
        "an alarm is being set up",
        () -> in("OK", "OK"),
        s -> s.actions.add(s.action(Verb.CREATE, Ids.alarm("full"))));
    app(
        scenes,
        "an alarm of others with our name is not shown",
        () -> in("OK", "ALARM").changed(Ids.alarm("full"), Scene::foreign),
        s -> {});
  }

  // Names and addresses

  private static void names(Map<String, Supplier<ObjectStatus>> scenes) {
    Consumer<FargateApp> named =
        app -> {
          app.getSpec().privateDns = new PrivateDns();
          app.getSpec().privateDns.name = "web";
        };
    app(scenes, "its private name resolves", () -> Scene.app(named), s -> {});
    app(
        scenes,
        "its private name is to come",
        () -> Scene.app(named).without(Ids.DISCOVERY),
        s -> {});
    app(
        scenes,
        "no healthy task is behind its private name",
        () -> Scene.app(named),
        s -> s.rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS")));
    app(scenes, "its public names resolve", () -> published(), s -> {});
    app(
        scenes,
        "one public name does not resolve yet",
        () ->
            published()
                .then()
                .changed(Ids.publicName("a.example.com"), one -> Scene.as(Lifecycle.PENDING, one)),
        s -> {});
    app(
        scenes,
        "no public name resolves yet",
        () ->
            published()
                .without(Ids.publicName("a.example.com"))
                .changed(Ids.publicName("b.example.com"), Scene::foreign),
        s -> {});
    app(
        scenes,
        "Route 53 cannot be read",
        () -> published().without(Ids.publicName("a.example.com")),
        s -> s.unknown.add(Kind.PUBLIC_NAME));
    app(
        scenes,
        "it is reached by HTTPS, at a port and under a path",
        () ->
            Scene.app(
                app -> {
                  Ingress first = app.getSpec().ingresses.get(0);
                  first.hosts = List.of("shop.example.com", "other.example.com");
                  first.paths = List.of("/shop/*");
                  Ingress second = new Ingress();
                  second.name = "stats";
                  second.listenerPort = 8080;
                  app.getSpec().ingresses = List.of(first, second);
                },
                place(Map.of())),
        s -> {});
    app(
        scenes,
        "without an ingress it has no address",
        () ->
            Scene.app(
                app -> {
                  app.getSpec().ingresses = List.of();
                  app.getSpec().autoscaling = null;
                  app.getSpec().replicas = 2;
                }),
        s -> {});
  }

  private static Scene published() {
    return Scene.app(
        app -> app.getSpec().ingresses.get(0).hosts = List.of("a.example.com", "b.example.com"),
        place(Map.of("example.com", "Z1")));
  }

  /** With a secure listener and one at a port of its own. */
  private static Place place(Map<String, String> zones) {
    Place place = Phoenix.place();
    Place.PublishedLoadBalancer balancer = place.loadBalancers().get("public");
    return new Place(
        place.environment(),
        place.region(),
        place.accountId(),
        place.clusterArn(),
        place.clusterName(),
        place.namespaceId(),
        place.privateDomain(),
        place.vpcId(),
        place.subnetIds(),
        place.securityGroupIds(),
        place.assignPublicIp(),
        Map.of(
            "public",
            new Place.PublishedLoadBalancer(
                balancer.name(),
                balancer.arn(),
                balancer.dnsName(),
                balancer.canonicalHostedZoneId(),
                balancer.securityGroupId(),
                List.of(
                    new Place.PublishedListener(443, "HTTPS", "arn:listener/443", false),
                    new Place.PublishedListener(8080, "HTTP", "arn:listener/8080", false)))),
        place.logGroups(),
        zones,
        place.defaults());
  }

  // How many

  private static void sizes(Map<String, Supplier<ObjectStatus>> scenes) {
    app(
        scenes,
        "it is suspended",
        () -> Scene.app(app -> app.getSpec().suspend = true),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 0, 0, "COMPLETED"));
          s.wantsZero = true;
        });
    app(
        scenes,
        "it is being resumed",
        () -> Scene.app(app -> app.getSpec().autoscaling.minReplicas = 0),
        s -> s.rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS")));
    app(
        scenes,
        "its scaling is being set up",
        () -> Scene.app(),
        s -> s.actions.add(s.action(Verb.CREATE, Ids.policy("cpu"))));
    app(scenes, "it has no bounds yet", () -> Scene.app().without(Ids.SCALABLE_TARGET), s -> {});
    app(
        scenes,
        "bounds of others are not its own",
        () -> Scene.app().changed(Ids.SCALABLE_TARGET, Scene::foreign),
        s -> {});
  }

  // Databases

  private static Map<String, Supplier<ObjectStatus>> databases() {
    Map<String, Supplier<ObjectStatus>> scenes = new LinkedHashMap<>();
    database(scenes, "at rest", () -> durable(), s -> {});
    database(
        scenes,
        "nothing is there yet",
        () -> durable(),
        s -> {
          s.actions.add(s.action(Verb.CREATE, Ids.CREDENTIALS));
          s.brandNew();
        });
    database(
        scenes,
        "its task is being replaced",
        () -> durable().then(),
        s -> s.rollout(deployment("PRIMARY", TWO, 1, 0, "COMPLETED")));
    database(
        scenes,
        "its task stops again and again",
        () -> durable().then(),
        s -> {
          for (int i = 1; i <= 3; i++) {
            s.failures.add(exit("t" + i, NOW.minusSeconds(60L * i), 1));
          }
        });
    database(
        scenes,
        "denied, and what runs goes on",
        () -> durable().then(),
        s -> {
          s.actions.add(s.action(Verb.UPDATE, Ids.SERVICE));
          s.outcomes.add(failed(s.actions.get(0), ErrorClass.DENIED, "AccessDenied", "no"));
        });
    database(
        scenes,
        "denied for another revision",
        () -> durable().then(),
        s -> {
          s.requested = ONE;
          s.actions.add(s.action(Verb.UPDATE, Ids.SERVICE));
          s.outcomes.add(failed(s.actions.get(0), ErrorClass.DENIED, "AccessDenied", "no"));
        });
    database(
        scenes,
        "it is stopped for a restore",
        () -> durable(),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 0, 0, "COMPLETED"));
        });
    database(
        scenes,
        "without a name it cannot be reached",
        () -> durable().without(Ids.DISCOVERY),
        s -> {});
    database(scenes, "in storage that goes with its task", () -> Scene.database(), s -> {});
    database(
        scenes,
        "AWS Backup cannot act as its role",
        () -> durable(),
        s ->
            s.outcomes.add(
                failed(
                    s.action(Verb.CREATE, Ids.BACKUP_SELECTION),
                    ErrorClass.INVALID,
                    "InvalidParameterValue",
                    "the role cannot be assumed")));
    backups(scenes);
    restores(scenes);
    return scenes;
  }

  private static void database(
      Map<String, Supplier<ObjectStatus>> scenes,
      String name,
      Supplier<Scene> before,
      Consumer<Scene> change) {
    scenes.put(
        name,
        () -> {
          Scene scene = before.get();
          change.accept(scene);
          return scene.databaseStatus();
        });
  }

  /** Every night at three, UTC. */
  private static Scene durable() {
    return durable(database -> {});
  }

  private static Scene durable(Consumer<FargateDatabase> change) {
    return Scene.database(
            database -> {
              database.getSpec().storage.ephemeral = null;
              database.getSpec().storage.efs = new EfsStorage();
              database.getSpec().backup = new Backup();
              database.getSpec().backup.schedule = "0 3 * * *";
              database.getSpec().backup.roleArn = "arn:aws:iam::123456789012:role/backup";
              change.accept(database);
            })
        .changed(
            Ids.BACKUP_PLAN,
            one -> {
              BackupPlan plan = (BackupPlan) one.actual();
              return Scene.actually(
                  new BackupPlan(plan.id(), plan.name(), plan.rules(), "2026-11-20T12:00:00Z"),
                  one);
            });
  }

  private static Scene vault(Scene scene, List<BackupVault.Point> points, BackupVault.Job... jobs) {
    return scene.changed(
        Ids.BACKUP_VAULT,
        one -> {
          BackupVault vault = (BackupVault) one.actual();
          return Scene.actually(
              new BackupVault(
                  vault.id(),
                  // The plan refers to it by what AWS answered.
                  Scene.outputs(vault.id()).get(Output.NAME),
                  null,
                  new BackupVault.State(points, List.of(jobs))),
              one);
        });
  }

  private static BackupVault.Point point(String status, String created) {
    return new BackupVault.Point("arn:" + created, status, created, "2027-01-01T00:00:00Z", 4096);
  }

  private static void backups(Map<String, Supplier<ObjectStatus>> scenes) {
    BackupVault.Point today = point("COMPLETED", "2026-11-21T03:20:00Z");
    BackupVault.Point yesterday = point("COMPLETED", "2026-11-20T03:20:00Z");
    BackupVault.Job bad =
        new BackupVault.Job("FAILED", "2026-11-21T03:10:00Z", "Insufficient privileges");
    database(
        scenes,
        "its backup is being set up",
        () -> durable().without(Ids.BACKUP_SELECTION),
        s -> {});
    database(scenes, "there is no vault yet", () -> durable().without(Ids.BACKUP_VAULT), s -> {});
    database(
        scenes,
        "the first backup is to come",
        () -> vault(durable(), List.of(point("PARTIAL", "2026-11-21T02:00:00Z"))),
        s -> {});
    database(scenes, "backed up", () -> vault(durable(), List.of(yesterday, today)), s -> {});
    database(
        scenes, "backed up, seen again", () -> vault(durable(), List.of(today)).then(), s -> {});
    database(
        scenes, "the last backup failed", () -> vault(durable(), List.of(yesterday), bad), s -> {});
    database(
        scenes,
        "no backup has ever come",
        () ->
            vault(
                durable(), List.of(), new BackupVault.Job("EXPIRED", "2026-11-21T04:00:00Z", null)),
        s -> {});
    database(
        scenes,
        "a newer backup is good, or under way",
        () ->
            vault(
                durable(),
                List.of(today),
                bad,
                new BackupVault.Job("RUNNING", "2026-11-21T09:00:00Z", null)),
        s -> {});
    database(
        scenes,
        "the backup of last night has not come",
        () ->
            vault(
                durable(database -> database.getSpec().backup.schedule = "30 1 * * *"),
                List.of(yesterday)),
        s -> {});
    database(
        scenes,
        "a new schedule counts from now on",
        () -> vault(durable(), List.of(yesterday)).then(),
        s -> s.edit(database -> database.getSpec().backup.schedule = "0 1 * * *"));
    database(
        scenes,
        "backed up in a time zone, in which a day is not there",
        () ->
            vault(
                durable(
                    database -> {
                      database.getSpec().backup.timeZone = "America/New_York";
                      database.getSpec().backup.schedule = "0 3 30 2 *";
                    }),
                List.of(today)),
        s -> {});
    database(
        scenes,
        "backups that are no longer asked for are shown",
        () -> vault(durable(), List.of(today)),
        s -> s.edit(database -> database.getSpec().backup = null));
  }

  // Restores

  private static final Restore.Wish WISH =
      new Restore.Wish("token", "arn:point", "/fargate/old", "arn:role", null);

  private static Scene restoring(Restore.Progress progress) {
    Scene scene =
        durable(database -> database.getSpec().backup = null)
            .changed(
                Ids.ACCESS_POINT,
                one ->
                    Scene.actually(
                        ((AccessPoint) one.actual()).with(new Restore(null, progress, null)), one));
    scene.wish = WISH;
    return scene;
  }

  private static Restore.Progress progress(Restore.Stage stage, String outcome, Restore.Job job) {
    return new Restore.Progress(stage, "token", "job-1", outcome, "/fargate/old", job, List.of());
  }

  private static Restore.Job job(String percent, String message) {
    return new Restore.Job("RUNNING", "arn:point-of-the-job", null, null, percent, message);
  }

  private static void restores(Map<String, Supplier<ObjectStatus>> scenes) {
    for (String percent : List.of("47.3%", "7", "odd")) {
      database(
          scenes,
          "AWS Backup copies: " + percent,
          () -> restoring(progress(Restore.Stage.COPYING, null, job(percent, null))),
          s -> {});
    }
    database(
        scenes,
        "AWS Backup copies, of which nothing is known yet",
        () -> restoring(progress(Restore.Stage.COPYING, null, null)),
        s -> {});
    database(
        scenes,
        "the data is being moved",
        () -> restoring(progress(Restore.Stage.MOVING, null, job(null, null))),
        s -> {});
    database(
        scenes,
        "the data is being moved, of a job that AWS has forgotten",
        () -> restoring(progress(Restore.Stage.MOVING, null, null)),
        s -> {});
    database(scenes, "restored", () -> restoring(progress(Restore.Stage.DONE, "0", null)), s -> {});
    database(
        scenes,
        "restored, seen again",
        () -> restoring(progress(Restore.Stage.DONE, "0", null)).then(),
        s -> {});
    database(
        scenes,
        "restored, and no longer asked for",
        () -> restoring(progress(Restore.Stage.DONE, "0", null)).then(),
        s -> s.wish = null);
    for (String outcome : List.of("job", "start", "65", "66", "69", "75", "1")) {
      database(
          scenes,
          "a restore failed: " + outcome,
          () -> restoring(progress(Restore.Stage.FAILED, outcome, job(null, "Access denied"))),
          s -> {});
    }
    database(
        scenes,
        "a restore failed, and AWS does not say why",
        () -> restoring(progress(Restore.Stage.FAILED, "job", null)),
        s -> {});
    database(
        scenes,
        "a restore of something else failed",
        () ->
            restoring(
                new Restore.Progress(
                    Restore.Stage.FAILED, "other", "job-0", "65", "/x", null, List.of())),
        s -> {});
    database(
        scenes,
        "a restore is refused",
        () -> restoring(null),
        s -> s.wish = new Restore.Wish("token", "arn:point", "/", null, "It is of others."));
    database(
        scenes,
        "a restore is refused while another revision rolls out",
        () -> restoring(null),
        s -> {
          s.rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS"));
          s.wish = new Restore.Wish("token", "arn:point", "/", null, "It is of others.");
        });
    database(
        scenes,
        "a restore failed, which is paused",
        () -> restoring(progress(Restore.Stage.COPYING, null, null)),
        s -> {
          s.halt = new Halt(Reason.PAUSED, "It is paused.");
          s.actions.add(s.action(Verb.UPDATE, Ids.ACCESS_POINT));
        });
  }

  // Environments

  private static Map<String, Supplier<ObjectStatus>> environments() {
    Map<String, Supplier<ObjectStatus>> scenes = new LinkedHashMap<>();
    environment(scenes, "at rest", s -> {});
    environment(scenes, "at rest, seen again", EnvironmentScene::then);
    environment(
        scenes,
        "nothing is there yet",
        s -> {
          s.plan(Verb.CREATE, Ids.CLUSTER);
          s.plan(Verb.CREATE, Ids.loadBalancer("web"));
          s.resources.clear();
        });
    environment(scenes, "its load balancer is being made", s -> s.state("web", Lifecycle.PENDING));
    environment(
        scenes,
        "its load balancer failed",
        s -> {
          s.state("web", Lifecycle.FAILED);
          s.plan(Verb.DELETE, Ids.loadBalancer("web"));
          s.plan(Verb.CREATE, Ids.loadBalancer("web"));
        });
    environment(scenes, "its load balancer goes", s -> s.state("web", Lifecycle.DELETING));
    environment(
        scenes,
        "its cluster and name space are no use yet",
        s -> {
          s.changed(Ids.CLUSTER, one -> Scene.as(Lifecycle.PENDING, one));
          s.changed(Ids.NAMESPACE, one -> Scene.as(Lifecycle.DELETING, one));
          s.changed(Ids.sharedLogGroup("shared"), one -> Scene.as(Lifecycle.PENDING, one));
        });
    environment(
        scenes,
        "it refers to things of others",
        s ->
            s.facts =
                new EnvironmentStatus.Facts(
                    "123456789012",
                    List.of("subnet-a"),
                    "arn:cluster-of-others",
                    "ns-of-others",
                    Map.of(
                        "web",
                        new ExistingLoadBalancer(
                            "arn:lb",
                            "lb.example.com",
                            "Z1",
                            "active",
                            "sg-1",
                            List.of(
                                new ExistingListener(80, "HTTP", "arn:l80", true),
                                new ExistingListener(443, "HTTPS", "arn:l443", false))))));
    environment(
        scenes,
        "a name is held by others",
        s -> s.conflicts.add(new Plan.Conflict("Cluster/cluster phoenix", "arn:cluster")));
    environment(
        scenes,
        "denied",
        s -> {
          s.plan(Verb.UPDATE, Ids.CLUSTER);
          s.outcomes.add(failed(s.actions.get(0), ErrorClass.DENIED, "AccessDenied", "no"));
        });
    environment(
        scenes,
        "a call failed that is tried again",
        s -> {
          s.plan(Verb.CREATE, Ids.CLUSTER);
          s.outcomes.add(failed(s.actions.get(0), ErrorClass.SERVER, "Again", "later"));
        });
    environment(
        scenes,
        "something has to settle first",
        s -> {
          s.plan(Verb.CREATE, Ids.CLUSTER);
          s.outcomes.add(failed(s.actions.get(0), ErrorClass.TRANSIENT, "InUse", "in use"));
        });
    environment(
        scenes,
        "others have changed something",
        s -> {
          s.then();
          s.plan(
              Verb.UPDATE,
              Ids.CLUSTER,
              new FieldChange(
                  "containerInsights", "enabled", "disabled", FieldChange.Effect.IN_PLACE));
        });
    environment(
        scenes,
        "something is missing again",
        s -> {
          s.then();
          s.plan(Verb.CREATE, Ids.listener("web", 80));
        });
    environment(
        scenes,
        "not all of it can be read",
        s -> {
          s.then();
          s.plan(Verb.UPDATE, Ids.CLUSTER);
          s.unknown.add(Kind.LISTENER);
        });
    environment(
        scenes,
        "AWS cannot be read lately",
        s -> {
          s.then();
          s.unread = Unread.of("ServiceUnavailable", NOW.minusSeconds(60), NOW);
        });
    environment(
        scenes,
        "AWS cannot be read for long",
        s -> {
          s.then();
          s.unread = Unread.of("ServiceUnavailable", NOW.minusSeconds(600), NOW);
        });
    return scenes;
  }

  private static void environment(
      Map<String, Supplier<ObjectStatus>> scenes, String name, Consumer<EnvironmentScene> change) {
    scenes.put(
        name,
        () -> {
          EnvironmentScene scene = new EnvironmentScene();
          change.accept(scene);
          return scene.status();
        });
  }

  private static String text(String kind, String name) {
    Map<String, Supplier<ObjectStatus>> scenes = SCENES.get(kind);
    boolean isFirst = scenes.keySet().iterator().next().equals(name);
    return text(scenes.get(name).get(), isFirst ? YAML.createObjectNode() : first(kind));
  }

  /** The expected first status, which is written out whole so that the others need not. */
  private static ObjectNode first(String kind) {
    if (Golden.writes()) {
      return fields(SCENES.get(kind).values().iterator().next().get());
    }
    String text = expected(kind).values().iterator().next();
    try {
      return (ObjectNode) YAML.readTree(text.substring(text.indexOf("observedGeneration:")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String kind) {
    return "statuses/" + kind + ".txt";
  }

  private static Map<String, String> expected(String kind) {
    return EXPECTED.computeIfAbsent(kind, StatusTextTest::read);
  }

  private static Map<String, String> read(String kind) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String part : Golden.text(file(kind)).split("(?m)^=== ")) {
      int end = part.indexOf('\n');
      if (end >= 0) {
        texts.put(part.substring(0, end), part.substring(end + 1));
      }
    }
    return texts;
  }

  /** Conditions one a line, then what else is not as in the first scene. */
  private static String text(ObjectStatus status, ObjectNode first) {
    StringBuilder text = new StringBuilder();
    for (Condition condition : status.conditions) {
      text.append(condition.getType())
          .append(' ')
          .append(condition.getStatus())
          .append(' ')
          .append(condition.getReason())
          .append(": ")
          .append(condition.getMessage())
          .append('\n');
    }
    ObjectNode rest = fields(status);
    first
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!rest.has(field)) {
                text.append("absent: ").append(field).append('\n');
              }
            });
    first.fields().forEachRemaining(field -> removeSame(rest, field));
    try {
      return text + (rest.isEmpty() ? "" : YAML.writeValueAsString(rest)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the resources, only those that are not the same. */
  private static void removeSame(ObjectNode rest, Map.Entry<String, JsonNode> field) {
    JsonNode now = rest.get(field.getKey());
    if (now != null && field.getValue().toString().equals(now.toString())) {
      rest.remove(field.getKey());
    } else if (field.getKey().equals("resources") && now != null) {
      List<JsonNode> before = entries(field.getValue());
      List<JsonNode> after = entries(now);
      ArrayNode gone = rest.putArray("resourcesGone");
      before.stream().filter(one -> !after.contains(one)).forEach(gone::add);
      ArrayNode come = rest.putArray("resources");
      after.stream().filter(one -> !before.contains(one)).forEach(come::add);
    }
  }

  private static List<JsonNode> entries(JsonNode array) {
    List<JsonNode> entries = new ArrayList<>();
    array.forEach(entries::add);
    return entries;
  }

  private static ObjectNode fields(ObjectStatus status) {
    ObjectNode fields = YAML.valueToTree(status);
    fields.remove("conditions");
    return fields;
  }
}
