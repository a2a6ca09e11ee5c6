package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Listener;
import java.util.List;
import java.util.stream.Stream;

/**
 * Only the load balancer is create-only. The first certificate is the default one, the others are a
 * set.
 */
final class ListenerDiffer implements Differ<Listener> {
  @Override
  public Class<Listener> type() {
    return Listener.class;
  }

  @Override
  public void compare(Listener actual, Listener wanted, Changes changes) {
    changes
        .field(
            "loadBalancerArn", actual.loadBalancerArn(), wanted.loadBalancerArn(), Effect.REPLACE)
        .field("port", actual.port(), wanted.port(), Effect.IN_PLACE)
        .field("protocol", actual.protocol(), wanted.protocol(), Effect.IN_PLACE)
        .field(
            "certificateArns",
            canonical(actual.certificateArns()),
            canonical(wanted.certificateArns()),
            Effect.IN_PLACE)
        .field("sslPolicy", actual.sslPolicy(), wanted.sslPolicy(), Effect.IN_PLACE)
        .field(
            "redirectToHttpsPort",
            actual.redirectToHttpsPort(),
            wanted.redirectToHttpsPort(),
            Effect.IN_PLACE)
        .field("otherAction", actual.otherAction(), wanted.otherAction(), Effect.IN_PLACE);
  }

  private static List<String> canonical(List<String> certificates) {
    return certificates.isEmpty()
        ? certificates
        : Stream.concat(
                Stream.of(certificates.get(0)), certificates.stream().skip(1).distinct().sorted())
            .toList();
  }
}
