package dev.fargate.operator.aws.elb;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** The listeners of the environment's load balancers, own and existing: one call each. */
public final class ListenerReader implements Reader {
  private final ElasticLoadBalancingV2Client elb;
  private final Supplier<Scope> scope;
  private final TagCache tags;

  public ListenerReader(ElasticLoadBalancingV2Client elb, Supplier<Scope> scope, Clock clock) {
    this.elb = elb;
    this.scope = scope;
    this.tags = ElbTags.cache(elb, clock);
  }

  @Override
  public Kind kind() {
    return Kind.LISTENER;
  }

  @Override
  public Part sweep(Known known) {
    return Part.all(of(balancers(known)));
  }

  private Set<String> balancers(Known known) {
    Scope now = scope.get();
    Set<String> arns = new TreeSet<>(now.existingLoadBalancers());
    for (Seen balancer : known.of(Kind.LOAD_BALANCER)) {
      if (now.environment().reference().equals(balancer.ownerReference(now.ownerId()))) {
        arns.add(balancer.key());
      }
    }
    return arns;
  }

  @Override
  public Part read(Need need) {
    Set<String> arns = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              // Of a load balancer that is not made yet there are no listeners.
              if (((Listener) wanted).loadBalancerArn() instanceof Value.Known arn) {
                arns.add(arn.value());
              }
            });
    need.there()
        .forEach(there -> arns.add(((Listener) there.actual()).loadBalancerArn().toString()));
    return new Part(
        seen -> arns.contains(((Listener) seen.actual()).loadBalancerArn().toString()), of(arns));
  }

  @Override
  public void forget(String key) {
    tags.forget(key);
  }

  /** The listeners of these load balancers; of one that is gone none. */
  public List<Seen> of(Set<String> loadBalancerArns) {
    List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener> all =
        new ArrayList<>();
    for (String arn : loadBalancerArns) {
      try {
        elb.describeListenersPaginator(request -> request.loadBalancerArn(arn))
            .listeners()
            .forEach(all::add);
      } catch (LoadBalancerNotFoundException gone) {
        // Then it has no listeners.
      }
    }
    Map<String, Map<String, String>> tagged =
        tags.get(all.stream().map(listener -> listener.listenerArn()).toList());
    List<Seen> seen = new ArrayList<>();
    for (var listener : all) {
      Map<String, String> own = tagged.get(listener.listenerArn());
      if (own != null) {
        seen.add(
            Seen.active(
                listener.listenerArn(),
                resource(listener, own),
                Map.of(Output.ARN, listener.listenerArn()),
                own));
      }
    }
    return seen;
  }

  private Listener resource(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener,
      Map<String, String> tags) {
    return new Listener(
        Seen.id(Kind.LISTENER, tags),
        Value.known(listener.loadBalancerArn()),
        listener.port(),
        listener.protocolAsString(),
        certificates(listener),
        sslPolicy(listener),
        redirectPort(listener),
        otherAction(listener));
  }

  /** Of a listener that speaks plainly it would say nothing, whatever is answered. */
  private static String sslPolicy(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener) {
    boolean secure =
        listener.protocol() == ProtocolEnum.HTTPS || listener.protocol() == ProtocolEnum.TLS;
    return secure ? listener.sslPolicy() : null;
  }

  /** The default one first. AWS lists only that with the listener, the others by their own call. */
  private List<String> certificates(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener) {
    List<String> arns = new ArrayList<>();
    listener.certificates().stream().map(Certificate::certificateArn).forEach(arns::add);
    if (arns.isEmpty()) {
      return arns;
    }
    try {
      elb
          .describeListenerCertificatesPaginator(
              request -> request.listenerArn(listener.listenerArn()))
          .certificates()
          .stream()
          .filter(certificate -> !Boolean.TRUE.equals(certificate.isDefault()))
          .map(Certificate::certificateArn)
          // One that became the default may still be on the list as well; it cannot be taken off.
          .filter(arn -> !arns.contains(arn))
          .sorted()
          .forEach(arns::add);
    } catch (ListenerNotFoundException gone) {
      // Somebody has just deleted it; the next sweep shows that.
    }
    return arns;
  }

  /** What somebody else lets it do with requests that no rule takes. */
  private static String otherAction(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener) {
    List<String> others = new ArrayList<>();
    for (Action action : listener.defaultActions()) {
      switch (action.type()) {
        case FIXED_RESPONSE -> {
          String status = action.fixedResponseConfig().statusCode();
          if (!"404".equals(status)) {
            others.add("fixed-response " + status);
          }
        }
        case REDIRECT -> {
          if (redirectPort(listener) == null) {
            others.add("redirect to " + action.redirectConfig().protocol());
          }
        }
        case FORWARD -> others.add("forward to " + action.targetGroupArn());
        default -> others.add(action.typeAsString());
      }
    }
    return others.isEmpty() ? null : String.join(", ", others);
  }

  private static Integer redirectPort(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listener) {
    for (Action action : listener.defaultActions()) {
      if (action.type() == ActionTypeEnum.REDIRECT
          && "HTTPS".equals(action.redirectConfig().protocol())) {
        String port = action.redirectConfig().port();
        return port == null || port.equals("#{port}") ? listener.port() : Integer.valueOf(port);
      }
    }
    return null;
  }
}
