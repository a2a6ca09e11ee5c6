package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The certificate list of an HTTPS listener: all certificates but the default one. */
final class CertificateCalls {
  /** Per load balancer, default certificates not counted (AWS-FACTS 6.4). */
  private static final int MAX_CERTIFICATES = 25;

  private final Inventory inventory;
  private final Predicate<String> exists;
  private final Runnable changed;

  CertificateCalls(Inventory inventory, Predicate<String> exists, Runnable changed) {
    this.inventory = inventory;
    this.exists = exists;
    this.changed = changed;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "AddListenerCertificates", this::add,
        "DescribeListenerCertificates", this::describe,
        "RemoveListenerCertificates", this::remove,
        "DescribeSSLPolicies", SslPolicies::describe);
  }

  private Listener secure(Struct input) {
    Listener listener = inventory.listener(input.required("ListenerArn"));
    if (listener.security == null) {
      throw ElbErrors.validation(
          "Listener '" + listener.arn + "' has no certificates: its protocol is HTTP");
    }
    return listener;
  }

  /** One that is on the list already is no error (model of AddListenerCertificates). */
  private Struct add(Struct input, Caller caller) {
    Listener listener = secure(input);
    String arn = one(input, exists);
    Set<String> more = new LinkedHashSet<>(listener.security.more());
    if (more.add(arn)) {
      if (onBalancer(listener) >= MAX_CERTIFICATES) {
        throw new AwsException(
            "TooManyCertificates",
            "The maximum number of certificates on load balancer '"
                + listener.balancer.arn
                + "' has been reached: "
                + MAX_CERTIFICATES);
      }
      listener.security = listener.security.with(more);
      changed.run();
    }
    return Struct.of().with("Certificates", more.stream().map(each -> row(each, false)).toList());
  }

  private long onBalancer(Listener listener) {
    return inventory.listenersOf(listener.balancer).stream()
        .filter(each -> each.security != null)
        .flatMap(each -> each.security.more().stream())
        .distinct()
        .count();
  }

  /**
   * The default certificate cannot be removed. AWS does not say whether it can be taken off the
   * list where it stands there too, so that is refused; nor what becomes of one that is not on the
   * list, so that succeeds.
   */
  private Struct remove(Struct input, Caller caller) {
    Listener listener = secure(input);
    String arn = one(input, any -> true);
    if (arn.equals(listener.security.certificate())) {
      throw new AwsException(
          "OperationNotPermitted",
          "Certificate '" + arn + "' is the default certificate and cannot be removed");
    }
    Set<String> more = new LinkedHashSet<>(listener.security.more());
    if (more.remove(arn)) {
      listener.security = listener.security.with(more);
      changed.run();
    }
    return Struct.of();
  }

  private static String one(Struct input, Predicate<String> exists) {
    return Security.certificate(input.structs("Certificates"), exists)
        .orElseThrow(() -> ElbErrors.validation("A certificate must be specified"));
  }

  /** The default one, then the list, which may hold the default one once more. */
  private Struct describe(Struct input, Caller caller) {
    Listener listener = secure(input);
    List<Struct> rows = new ArrayList<>();
    rows.add(row(listener.security.certificate(), true));
    listener.security.more().forEach(each -> rows.add(row(each, false)));
    return Marker.page(input, "Certificates", rows, row -> row);
  }

  private static Struct row(String arn, boolean isDefault) {
    return Struct.of().with("CertificateArn", arn).with("IsDefault", isDefault);
  }
}
