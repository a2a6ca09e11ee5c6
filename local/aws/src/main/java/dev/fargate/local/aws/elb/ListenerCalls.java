package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Listeners as clients make, read, change and delete them. */
final class ListenerCalls {
  private static final int MAX_LISTENERS = 50;

  private final Inventory inventory;
  private final Wiring wiring;
  private final DataPlane dataPlane;

  ListenerCalls(Inventory inventory, Wiring wiring, DataPlane dataPlane) {
    this.inventory = inventory;
    this.wiring = wiring;
    this.dataPlane = dataPlane;
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
    requireHttp(input);
    int port = input.integer("Port").orElseThrow();
    Actions.Parsed action = Actions.parse(input.structs("DefaultActions"));
    wiring.requireForwardable(balancer, action);
    Optional<Listener> existing = on(balancer, port);
    if (existing.isPresent()) {
      if (!existing.get().defaultAction.equals(action)) {
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
    Listener made = new Listener(arn, balancer, port, action, inventory.arns.rule(arn));
    inventory.listeners.put(arn, made);
    inventory.tags.put(arn, tags);
    wiring.refresh();
    return rows(List.of(made));
  }

  private static void requireHttp(Struct input) {
    String protocol = input.string("Protocol").orElse("HTTP");
    if (!protocol.equals("HTTP")) {
      throw new AwsException(
          "UnsupportedProtocol",
          "Listener protocol " + protocol + " is not supported by the local endpoint; use HTTP.");
    }
    for (String member :
        List.of("SslPolicy", "Certificates", "AlpnPolicy", "MutualAuthentication")) {
      if (input.has(member)) {
        throw ElbErrors.validation("'" + member + "' cannot be specified for an HTTP listener");
      }
    }
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
    requireHttp(input);
    Actions.Parsed action = listener.defaultAction;
    if (input.has("DefaultActions")) {
      action = Actions.parse(input.structs("DefaultActions"));
      wiring.requireForwardable(listener.balancer, action);
    }
    int port = input.integer("Port").orElse(listener.port);
    if (port != listener.port) {
      if (on(listener.balancer, port).isPresent()) {
        throw duplicate(listener.balancer);
      }
      open(listener.arn, port);
    }
    listener.port = port;
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
        .with("Protocol", "HTTP")
        .with("DefaultActions", List.of(Actions.render(listener.defaultAction)));
  }
}
