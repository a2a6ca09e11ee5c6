package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Listeners as clients make, read, change and delete them. */
final class ListenerCalls {
  private static final int MAX_LISTENERS = 50;

  private final Inventory inventory;
  private final Wiring wiring;
  private final DataPlane dataPlane;
  private final Predicate<String> certificateExists;

  /**
   * @param dataPlane null where nothing listens
   */
  ListenerCalls(
      Inventory inventory,
      Wiring wiring,
      DataPlane dataPlane,
      Predicate<String> certificateExists) {
    this.inventory = inventory;
    this.wiring = wiring;
    this.dataPlane = dataPlane;
    this.certificateExists = certificateExists;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateListener", this::create,
        "DescribeListeners", this::describe,
        "ModifyListener", this::modify,
        "DeleteListener", this::delete);
  }

  /** Whether requests are really served here, so that names must resolve on this machine. */
  boolean serving() {
    return dataPlane != null;
  }

  private Struct create(Struct input, Caller caller) {
    Balancer balancer = inventory.balancer(input.required("LoadBalancerArn"));
    Map<String, String> tags = Tags.parse(input);
    if (!input.has("Protocol") || !input.has("Port")) {
      throw ElbErrors.validation("A listener protocol and port must be specified");
    }
    int port = input.integer("Port").orElseThrow();
    Security security = security(input, null);
    Entrance entrance = new Entrance(security != null, port);
    Actions.Parsed action = Actions.parse(input.structs("DefaultActions"), entrance);
    wiring.requireForwardable(balancer, action);
    Optional<Listener> existing = on(balancer, port);
    if (existing.isPresent()) {
      boolean same =
          existing.get().defaultAction.equals(action)
              && sameSecurity(existing.get().security, security);
      if (!same) {
        throw duplicate(balancer);
      }
      return rows(List.of(existing.get()));
    }
    if (inventory.listenersOf(balancer).size() >= MAX_LISTENERS) {
      throw new AwsException(
          "TooManyListeners", "The limit of " + MAX_LISTENERS + " listeners has been reached");
    }
    String arn = inventory.arns.listener(balancer.arn);
    open(arn, port);
    Listener made = new Listener(arn, balancer, inventory.arns.rule(arn));
    made.port = port;
    made.security = security;
    made.defaultAction = action;
    inventory.listeners.put(arn, made);
    inventory.tags.put(arn, tags);
    wiring.refresh();
    return rows(List.of(made));
  }

  /**
   * What the listener will have as an HTTPS one; null for HTTP. Leaving HTTPS removes policy and
   * certificates, and coming to it needs both (model of ModifyListener).
   *
   * @param listener null for a new one
   */
  private Security security(Struct input, Listener listener) {
    String before = listener == null ? "HTTP" : listener.entrance().protocol();
    String protocol = input.string("Protocol").orElse(before);
    if (protocol.equals("HTTPS")) {
      if (listener != null && listener.security == null && !input.has("SslPolicy")) {
        throw ElbErrors.validation(
            "A security policy must be specified when the protocol changes to HTTPS");
      }
      return Security.parse(input, listener == null ? null : listener.security, certificateExists);
    }
    if (!protocol.equals("HTTP")) {
      throw new AwsException(
          "UnsupportedProtocol",
          "Listener protocol "
              + protocol
              + " is not supported by an application load balancer; use HTTP or HTTPS.");
    }
    for (String member :
        List.of("SslPolicy", "Certificates", "AlpnPolicy", "MutualAuthentication")) {
      if (input.has(member)) {
        throw ElbErrors.validation("'" + member + "' cannot be specified for an HTTP listener");
      }
    }
    return null;
  }

  /** The certificate list is not part of what a listener is created with. */
  private static boolean sameSecurity(Security held, Security wanted) {
    return held == null || wanted == null
        ? held == wanted
        : Objects.equals(held.with(Set.of()), wanted.with(Set.of()));
  }

  private Optional<Listener> on(Balancer balancer, int port) {
    return inventory.listenersOf(balancer).stream().filter(each -> each.port == port).findFirst();
  }

  private static AwsException duplicate(Balancer balancer) {
    return new AwsException(
        "DuplicateListener",
        "A listener already exists on this port for this load balancer '" + balancer.arn + "'");
  }

  private void open(String arn, int port) {
    if (dataPlane == null) {
      return;
    }
    try {
      dataPlane.open(arn, port);
    } catch (IOException e) {
      throw ElbErrors.invalidConfiguration(
          "The local load balancer cannot listen on port "
              + port
              + " of this machine: "
              + e.getMessage()
              + ". Choose another listener port or end what holds it.");
    }
  }

  /** Ends the serving of a listener that is about to go. */
  void close(Listener listener) {
    if (dataPlane != null) {
      dataPlane.close(listener.arn);
    }
  }

  private Struct describe(Struct input, Caller caller) {
    List<String> arns = input.strings("ListenerArns");
    Optional<String> balancerArn = input.string("LoadBalancerArn");
    if (arns.isEmpty() == balancerArn.isEmpty()) {
      throw ElbErrors.validation(
          "You must specify either listener ARNs or a load balancer ARN, and not both");
    }
    List<Listener> rows =
        balancerArn.isPresent()
            ? inventory.listenersOf(inventory.balancer(balancerArn.get()))
            : arns.stream().map(inventory::listener).toList();
    return Marker.page(input, "Listeners", rows, ListenerCalls::render);
  }

  private Struct modify(Struct input, Caller caller) {
    Listener listener = inventory.listener(input.required("ListenerArn"));
    int port = input.integer("Port").orElse(listener.port);
    Security security = security(input, listener);
    Entrance entrance = new Entrance(security != null, port);
    Actions.Parsed action = listener.defaultAction;
    if (input.has("DefaultActions")) {
      action = Actions.parse(input.structs("DefaultActions"), entrance);
      wiring.requireForwardable(listener.balancer, action);
    } else {
      Actions.requireFitting(action.action(), entrance);
    }
    if (port != listener.port) {
      if (on(listener.balancer, port).isPresent()) {
        throw duplicate(listener.balancer);
      }
      open(listener.arn, port);
    }
    listener.port = port;
    listener.security = security;
    listener.defaultAction = action;
    wiring.refresh();
    return rows(List.of(listener));
  }

  private Struct delete(Struct input, Caller caller) {
    Listener listener = inventory.listener(input.required("ListenerArn"));
    close(listener);
    inventory.remove(listener);
    wiring.refresh();
    return Struct.of();
  }

  private static Struct rows(List<Listener> listeners) {
    return Struct.of().with("Listeners", listeners.stream().map(ListenerCalls::render).toList());
  }

  private static Struct render(Listener listener) {
    return Struct.of()
        .with("ListenerArn", listener.arn)
        .with("LoadBalancerArn", listener.balancer.arn)
        .with("Port", listener.port)
        .with("Protocol", listener.entrance().protocol())
        .with("SslPolicy", listener.security == null ? null : listener.security.policy())
        .with(
            "Certificates",
            listener.security == null
                ? List.of()
                : List.of(Struct.of().with("CertificateArn", listener.security.certificate())))
        .with(
            "MutualAuthentication",
            listener.security == null ? null : Struct.of().with("Mode", "off"))
        .with("DefaultActions", List.of(Actions.render(listener.defaultAction)));
  }
}
