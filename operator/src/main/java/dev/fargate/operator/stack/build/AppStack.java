package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A FargateApp as a stack: the table of contents of what one app is in AWS. Needs a valid spec and
 * resolved references.
 */
public final class AppStack {
  private AppStack() {}

  public static Stack build(Owner owner, FargateApp app, Place place, References references) {
    AppSpecView spec = new AppSpecView(app, place);
    List<Resource> resources = new ArrayList<>();
    resources.addAll(AppSecurityGroups.build(owner, spec, references));
    resources.addAll(AppIngresses.build(owner, spec));
    resources.addAll(LogGroups.own(owner, spec.app().getSpec().logs, place.defaults()));
    resources.addAll(AppSecrets.build(owner, spec));
    resources.addAll(AppDiscovery.build(spec));
    resources.add(AppTaskDefinition.build(owner, spec, references));
    resources.add(AppService.build(owner, spec));
    resources.addAll(AppScaling.build(owner, spec));
    resources.addAll(Alarms.build(owner, app.getSpec().alarms, place, entrances(spec)));
    resources.addAll(AppPublicNames.build(spec));
    return new Stack(owner, tags(app.getSpec().tags, place), resources);
  }

  /** Where ECS moves traffic, requests are counted in either target group. */
  private static List<Alarms.Entrance> entrances(AppSpecView spec) {
    return spec.spec().ingresses.stream()
        .flatMap(
            ingress ->
                spec.targetGroups(ingress).stream()
                    .map(
                        group ->
                            new Alarms.Entrance(
                                Value.ref(group, Output.ARN_SUFFIX),
                                spec.loadBalancer(ingress).arnSuffix())))
        .toList();
  }

  /** The listeners that an ingress of an app would have rules on; empty while they do not exist. */
  public static List<String> listenerArns(FargateApp app, Ingress ingress, Place place) {
    return place.loadBalancer(ingress.loadBalancer).isEmpty()
        ? List.of()
        : new AppSpecView(app, place)
            .listeners(ingress).stream().map(Place.PublishedListener::arn).toList();
  }

  /** The hosts that get a public name; needs every load balancer that is named. */
  public static List<String> publicNames(FargateApp app, Place place) {
    return AppPublicNames.build(new AppSpecView(app, place)).stream()
        .map(Resource::physicalName)
        .toList();
  }

  /** How many listener rules an ingress makes; its load balancer must exist. */
  public static int rules(FargateApp app, Ingress ingress, Place place) {
    return AppIngresses.rules(new AppSpecView(app, place), ingress).size();
  }

  /** The environment's tags, the app's on top. */
  static SortedMap<String, String> tags(java.util.Map<String, String> own, Place place) {
    SortedMap<String, String> tags = new TreeMap<>();
    if (place.defaults() != null) {
      tags.putAll(place.defaults().tags);
    }
    tags.putAll(own);
    return tags;
  }
}
