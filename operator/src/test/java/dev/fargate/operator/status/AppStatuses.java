package dev.fargate.operator.status;

import static dev.fargate.operator.status.Scene.NOW;
import static dev.fargate.operator.status.Scene.ONE;
import static dev.fargate.operator.status.Scene.START;
import static dev.fargate.operator.status.Scene.TWO;
import static dev.fargate.operator.status.Scene.deployment;
import static dev.fargate.operator.status.Scene.exit;
import static dev.fargate.operator.status.Scene.failed;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.ObjectStatus;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.Rollout;
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
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Phoenix;
import dev.fargate.operator.stack.build.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What may be said of an app, by name: each scene with what there is in AWS. */
final class AppStatuses {
  private AppStatuses() {}

  static Map<String, Supplier<ObjectStatus>> all() {
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
    return Scene.app(AppStatuses::alarm)
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
}
