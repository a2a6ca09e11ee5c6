package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads, checks and renders the action of a rule or a listener (AWS-FACTS 6.4). */
final class Actions {
  private static final int MAX_GROUPS = 5;
  private static final int MAX_WEIGHT = 999;
  private static final int MAX_PORT = 65535;
  private static final Set<String> CONTENT_TYPES =
      Set.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");

  private Actions() {}

  /**
   * A checked action.
   *
   * @param stickiness what a forward said of stickiness; recorded, not enforced
   */
  record Parsed(RouteAction action, Struct stickiness) {
    List<String> targetGroups() {
      return action instanceof RouteAction.Forward forward
          ? forward.groups().stream().map(RouteAction.WeightedGroup::targetGroupArn).toList()
          : List.of();
    }
  }

  /**
   * @param entrance of the listener it is for
   */
  static Parsed parse(List<Struct> given, Entrance entrance) {
    if (given.isEmpty()) {
      throw ElbErrors.validation("An action must be specified");
    }
    for (Struct action : given) {
      String type = action.required("Type");
      if (type.startsWith("authenticate-") || type.equals("jwt-validation")) {
        if (entrance.secure()) {
          throw ElbErrors.unsupported("Action type '" + type + "'", "leave it out");
        }
        throw new AwsException(
            "InvalidLoadBalancerAction",
            "Action type '" + type + "' is supported on HTTPS listeners only");
      }
    }
    if (given.size() > 1) {
      throw new AwsException(
          "TooManyActions", "Exactly one forward, redirect or fixed-response action is allowed");
    }
    Struct action = given.get(0);
    return switch (action.required("Type")) {
      case "forward" -> forward(action);
      case "redirect" -> new Parsed(redirect(action, entrance), null);
      case "fixed-response" -> new Parsed(fixedResponse(action), null);
      default ->
          throw ElbErrors.validation("Action type '" + action.required("Type") + "' is not valid");
    };
  }

  private static Parsed forward(Struct action) {
    Optional<Struct> config = action.struct("ForwardConfig");
    List<Struct> tuples = config.map(each -> each.structs("TargetGroups")).orElse(List.of());
    Optional<String> single = action.string("TargetGroupArn");
    if (tuples.isEmpty() && single.isEmpty()) {
      throw ElbErrors.validation("A target group ARN must be specified for a forward action");
    }
    if (tuples.isEmpty()) {
      tuples = List.of(Struct.of().with("TargetGroupArn", single.get()));
    } else if (single.isPresent()
        && (tuples.size() > 1 || !single.equals(tuples.get(0).string("TargetGroupArn")))) {
      throw ElbErrors.validation(
          "TargetGroupArn and ForwardConfig must name the same one target group");
    }
    if (tuples.size() > MAX_GROUPS) {
      throw new AwsException(
          "TooManyTargetGroups", "A forward action has at most " + MAX_GROUPS + " target groups");
    }
    List<RouteAction.WeightedGroup> groups = tuples.stream().map(Actions::weighted).toList();
    if (groups.stream().map(RouteAction.WeightedGroup::targetGroupArn).distinct().count()
        < groups.size()) {
      throw ElbErrors.validation("A forward action must not name a target group twice");
    }
    Struct stickiness =
        config
            .flatMap(each -> each.struct("TargetGroupStickinessConfig"))
            .orElse(Struct.of().with("Enabled", false));
    return new Parsed(new RouteAction.Forward(groups), stickiness);
  }

  private static RouteAction.WeightedGroup weighted(Struct tuple) {
    String arn =
        tuple
            .string("TargetGroupArn")
            .orElseThrow(() -> ElbErrors.validation("A target group ARN must be specified"));
    int weight = tuple.integer("Weight").orElse(1);
    if (weight < 0 || weight > MAX_WEIGHT) {
      throw ElbErrors.validation("Weight '" + weight + "' must be between 0 and " + MAX_WEIGHT);
    }
    return new RouteAction.WeightedGroup(arn, weight);
  }

  private static RouteAction redirect(Struct action, Entrance entrance) {
    Struct config =
        action
            .struct("RedirectConfig")
            .orElseThrow(() -> ElbErrors.validation("A redirect action needs RedirectConfig"));
    RouteAction.Redirect redirect =
        new RouteAction.Redirect(
            config.string("Protocol").orElse("#{protocol}"),
            config.string("Host").orElse("#{host}"),
            config.string("Port").orElse("#{port}"),
            config.string("Path").orElse("/#{path}"),
            config.string("Query").orElse("#{query}"),
            Integer.parseInt(config.required("StatusCode").substring("HTTP_".length())));
    if (!redirect.port().equals("#{port}") && !isPort(redirect.port())) {
      throw ElbErrors.validation(
          "The redirect port '" + redirect.port() + "' must be 1 to 65535 or '#{port}'");
    }
    if (!redirect.path().startsWith("/")) {
      throw ElbErrors.validation("The redirect path must start with '/'");
    }
    requireFitting(redirect, entrance);
    return redirect;
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= MAX_PORT;
  }

  /**
   * Refuses a redirect that leads back to where it came from, or out of HTTPS; the same action may
   * be fine for another listener.
   */
  static void requireFitting(RouteAction action, Entrance entrance) {
    if (!(action instanceof RouteAction.Redirect redirect)) {
      return;
    }
    String protocol = redirect.protocol().replace("#{protocol}", entrance.protocol());
    if (entrance.secure() && protocol.equals("HTTP")) {
      throw new AwsException(
          "InvalidLoadBalancerAction", "You cannot redirect from HTTPS to HTTP.");
    }
    boolean loop =
        protocol.equals(entrance.protocol())
            && redirect.host().equals("#{host}")
            && redirect
                .port()
                .replace("#{port}", String.valueOf(entrance.port()))
                .equals(String.valueOf(entrance.port()))
            && redirect.path().equals("/#{path}");
    if (loop) {
      throw new AwsException(
          "InvalidLoadBalancerAction",
          "The redirect configuration is not valid because it creates a loop.");
    }
  }

  private static RouteAction fixedResponse(Struct action) {
    Struct config =
        action
            .struct("FixedResponseConfig")
            .orElseThrow(
                () -> ElbErrors.validation("A fixed-response action needs FixedResponseConfig"));
    String contentType = config.string("ContentType").filter(type -> !type.isEmpty()).orElse(null);
    if (contentType != null && !CONTENT_TYPES.contains(contentType)) {
      throw ElbErrors.validation(
          "ContentType '" + contentType + "' must be one of " + CONTENT_TYPES);
    }
    return new RouteAction.FixedResponse(
        Integer.parseInt(config.required("StatusCode")),
        contentType,
        config.string("MessageBody").orElse(""));
  }

  /** As DescribeRules answers: a forward to one group names it twice. */
  static Struct render(Parsed parsed) {
    if (parsed.action() instanceof RouteAction.Forward forward) {
      List<Struct> tuples =
          forward.groups().stream()
              .map(
                  group ->
                      Struct.of()
                          .with("TargetGroupArn", group.targetGroupArn())
                          .with("Weight", group.weight()))
              .toList();
      return Struct.of()
          .with("Type", "forward")
          .with(
              "TargetGroupArn",
              forward.groups().size() == 1 ? forward.groups().get(0).targetGroupArn() : null)
          .with(
              "ForwardConfig",
              Struct.of()
                  .with("TargetGroups", tuples)
                  .with("TargetGroupStickinessConfig", parsed.stickiness()));
    }
    if (parsed.action() instanceof RouteAction.Redirect redirect) {
      return Struct.of()
          .with("Type", "redirect")
          .with(
              "RedirectConfig",
              Struct.of()
                  .with("Protocol", redirect.protocol())
                  .with("Host", redirect.host())
                  .with("Port", redirect.port())
                  .with("Path", redirect.path())
                  .with("Query", redirect.query())
                  .with("StatusCode", "HTTP_" + redirect.status()));
    }
    RouteAction.FixedResponse fixed = (RouteAction.FixedResponse) parsed.action();
    return Struct.of()
        .with("Type", "fixed-response")
        .with(
            "FixedResponseConfig",
            Struct.of()
                .with("StatusCode", String.valueOf(fixed.status()))
                .with("ContentType", fixed.contentType())
                .with("MessageBody", fixed.body().isEmpty() ? null : fixed.body()));
  }
}
