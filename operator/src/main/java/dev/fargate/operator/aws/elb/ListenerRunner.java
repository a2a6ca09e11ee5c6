package dev.fargate.operator.aws.elb;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;

/** Listeners; the default action is a redirect to HTTPS or a plain 404. */
public final class ListenerRunner implements Runner {
  /** What ModifyListener writes beside the default certificate. */
  private static final List<String> SETTINGS =
      List.of("port", "protocol", "sslPolicy", "redirectToHttpsPort", "otherAction");

  private final ElasticLoadBalancingV2Client elb;

  public ListenerRunner(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  @Override
  public Kind kind() {
    return Kind.LISTENER;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    Listener wanted = (Listener) desired;
    String arn =
        elb.createListener(
                request -> {
                  request
                      .loadBalancerArn(wanted.loadBalancerArn().toString())
                      .port(wanted.port())
                      .protocol(wanted.protocol())
                      .sslPolicy(wanted.sslPolicy())
                      .defaultActions(defaultAction(wanted))
                      .tags(ElbTags.of(tags));
                  defaultCertificate(wanted)
                      .ifPresent(each -> request.certificates(certificate(each)));
                })
            .listeners()
            .get(0)
            .listenerArn();
    others(wanted).forEach(certificate -> add(arn, certificate));
    return Map.of(Output.ARN, arn);
  }

  /**
   * Certificates are added before the listener changes and removed after it, so that at no moment a
   * name is without its certificate. Before it is HTTPS a listener takes none, and when it leaves
   * HTTPS its list has to go first.
   */
  @Override
  public Map<Output, String> update(
      Owner owner, dev.fargate.operator.plan.Action action, Resource desired) {
    Listener wanted = (Listener) desired;
    Listener actual = (Listener) action.observed().actual();
    String arn = action.observed().outputs().get(Output.ARN);
    Set<String> added = others(wanted);
    added.removeAll(others(actual));
    Set<String> removed = others(actual);
    removed.removeAll(wanted.certificateArns());
    boolean wasHttps = !actual.certificateArns().isEmpty();
    boolean becomesHttps = !wanted.certificateArns().isEmpty();
    if (wasHttps) {
      added.forEach(certificate -> add(arn, certificate));
    }
    if (!becomesHttps) {
      removed.forEach(certificate -> remove(arn, certificate));
    }
    if (!defaultCertificate(actual).equals(defaultCertificate(wanted))
        || SETTINGS.stream().anyMatch(action::touches)) {
      modify(arn, wanted);
    }
    if (!wasHttps) {
      added.forEach(certificate -> add(arn, certificate));
    }
    if (becomesHttps) {
      removed.forEach(certificate -> remove(arn, certificate));
    }
    ElbTags.write(elb, arn, TagChanges.of(action));
    return action.observed().outputs();
  }

  private void modify(String arn, Listener wanted) {
    elb.modifyListener(
        request -> {
          request
              .listenerArn(arn)
              .port(wanted.port())
              .protocol(wanted.protocol())
              .sslPolicy(wanted.sslPolicy())
              .defaultActions(defaultAction(wanted));
          defaultCertificate(wanted).ifPresent(each -> request.certificates(certificate(each)));
        });
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      elb.deleteListener(request -> request.listenerArn(observed.outputs().get(Output.ARN)));
    } catch (ListenerNotFoundException gone) {
      // What was to be reached.
    }
  }

  /** All but the default certificate have calls of their own, and a call takes one (model). */
  private void add(String listenerArn, String certificateArn) {
    elb.addListenerCertificates(
        request -> request.listenerArn(listenerArn).certificates(certificate(certificateArn)));
  }

  private void remove(String listenerArn, String certificateArn) {
    elb.removeListenerCertificates(
        request -> request.listenerArn(listenerArn).certificates(certificate(certificateArn)));
  }

  private static Optional<String> defaultCertificate(Listener listener) {
    return listener.certificateArns().stream().findFirst();
  }

  private static Set<String> others(Listener listener) {
    Set<String> others = new LinkedHashSet<>(listener.certificateArns());
    defaultCertificate(listener).ifPresent(others::remove);
    return others;
  }

  private static Certificate certificate(String arn) {
    return Certificate.builder().certificateArn(arn).build();
  }

  private static Action defaultAction(Listener wanted) {
    if (wanted.redirectToHttpsPort() != null) {
      return Action.builder()
          .type(ActionTypeEnum.REDIRECT)
          .redirectConfig(
              redirect ->
                  redirect
                      .protocol("HTTPS")
                      .port(String.valueOf(wanted.redirectToHttpsPort()))
                      .statusCode(RedirectActionStatusCodeEnum.HTTP_301))
          .build();
    }
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(
            response ->
                response.statusCode("404").contentType("text/plain").messageBody("Not Found"))
        .build();
  }
}
