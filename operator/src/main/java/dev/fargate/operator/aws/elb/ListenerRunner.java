package dev.fargate.operator.aws.elb;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
                  if (!wanted.certificateArns().isEmpty()) {
                    request.certificates(certificate(wanted.certificateArns().get(0)));
                  }
                })
            .listeners()
            .get(0)
            .listenerArn();
    writeCertificates(arn, Set.of(), others(wanted));
    return Map.of(Output.ARN, arn);
  }

  @Override
  public Map<Output, String> update(
      Owner owner, dev.fargate.operator.plan.Action action, Resource desired) {
    Listener wanted = (Listener) desired;
    String arn = action.observed().outputs().get(Output.ARN);
    boolean settings =
        List.of("port", "protocol", "sslPolicy", "certificateArns", "redirectToHttpsPort").stream()
            .anyMatch(action::touches);
    if (settings) {
      elb.modifyListener(
          request -> {
            request
                .listenerArn(arn)
                .port(wanted.port())
                .protocol(wanted.protocol())
                .sslPolicy(wanted.sslPolicy())
                .defaultActions(defaultAction(wanted));
            if (!wanted.certificateArns().isEmpty()) {
              request.certificates(certificate(wanted.certificateArns().get(0)));
            }
          });
    }
    if (action.touches("certificateArns")) {
      Set<String> before = others((Listener) action.observed().actual());
      writeCertificates(arn, before, others(wanted));
    }
    ElbTags.write(elb, arn, TagChanges.of(action));
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      elb.deleteListener(request -> request.listenerArn(observed.outputs().get(Output.ARN)));
    } catch (ListenerNotFoundException gone) {
      // What was to be reached.
    }
  }

  /** All but the default certificate have calls of their own. */
  private void writeCertificates(String listenerArn, Set<String> before, Set<String> after) {
    List<Certificate> added = new ArrayList<>();
    after.stream().filter(arn -> !before.contains(arn)).map(this::certificate).forEach(added::add);
    if (!added.isEmpty()) {
      elb.addListenerCertificates(request -> request.listenerArn(listenerArn).certificates(added));
    }
    List<Certificate> removed = new ArrayList<>();
    before.stream()
        .filter(arn -> !after.contains(arn))
        .map(this::certificate)
        .forEach(removed::add);
    if (!removed.isEmpty()) {
      elb.removeListenerCertificates(
          request -> request.listenerArn(listenerArn).certificates(removed));
    }
  }

  private static Set<String> others(Listener listener) {
    Set<String> others = new HashSet<>(listener.certificateArns());
    if (!listener.certificateArns().isEmpty()) {
      others.remove(listener.certificateArns().get(0));
    }
    return others;
  }

  private Certificate certificate(String arn) {
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
