package dev.fargate.operator.status;

import static dev.fargate.operator.status.Scene.NOW;
import static dev.fargate.operator.status.Scene.failed;

import dev.fargate.api.v1alpha1.ObjectStatus;
import dev.fargate.operator.apply.Cloud.ExistingListener;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.build.Ids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What may be said of an environment, by name: each scene with what there is in AWS. */
final class EnvironmentStatuses {
  private EnvironmentStatuses() {}

  static Map<String, Supplier<ObjectStatus>> all() {
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
}
