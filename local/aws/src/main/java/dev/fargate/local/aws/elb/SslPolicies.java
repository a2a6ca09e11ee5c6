package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The security policies of HTTPS listeners and the TLS versions each allows, as AWS's user guide
 * lists them ("Security policies for your Application Load Balancer"). Their cipher lists are not
 * held here.
 */
final class SslPolicies {
  /** What an API client gets that names none; the console and this project's operator name one. */
  static final String DEFAULT = "ELBSecurityPolicy-2016-08";

  private static final String TLS_1_0 = "TLSv1";
  private static final String TLS_1_1 = "TLSv1.1";
  private static final String TLS_1_2 = "TLSv1.2";
  private static final String TLS_1_3 = "TLSv1.3";

  private static final Map<String, List<String>> PROTOCOLS = new LinkedHashMap<>();

  static {
    allow(
        List.of(TLS_1_3),
        "ELBSecurityPolicy-TLS13-1-3-2021-06",
        "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04");
    allow(
        List.of(TLS_1_2, TLS_1_3),
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
        "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
        "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04",
        "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04",
        "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04");
    allow(
        List.of(TLS_1_1, TLS_1_2, TLS_1_3),
        "ELBSecurityPolicy-TLS13-1-1-2021-06",
        "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04");
    allow(
        List.of(TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3),
        "ELBSecurityPolicy-TLS13-1-0-2021-06",
        "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04");
    allow(
        List.of(TLS_1_2),
        "ELBSecurityPolicy-TLS-1-2-2017-01",
        "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
        "ELBSecurityPolicy-FS-1-2-2019-08",
        "ELBSecurityPolicy-FS-1-2-Res-2019-08",
        "ELBSecurityPolicy-FS-1-2-Res-2020-10");
    allow(
        List.of(TLS_1_1, TLS_1_2),
        "ELBSecurityPolicy-TLS-1-1-2017-01",
        "ELBSecurityPolicy-FS-1-1-2019-08");
    allow(
        List.of(TLS_1_0, TLS_1_1, TLS_1_2),
        DEFAULT,
        "ELBSecurityPolicy-2015-05",
        "ELBSecurityPolicy-TLS-1-0-2015-04",
        "ELBSecurityPolicy-FS-2018-06");
  }

  private SslPolicies() {}

  private static void allow(List<String> protocols, String... policies) {
    Stream.of(policies).forEach(policy -> PROTOCOLS.put(policy, protocols));
  }

  /**
   * The TLS versions of a policy, by their names in AWS, which are Java's too.
   *
   * @throws AwsException when AWS has no policy of this name
   */
  static List<String> protocols(String policy) {
    List<String> protocols = PROTOCOLS.get(policy);
    if (protocols == null) {
      throw new AwsException("SSLPolicyNotFound", "SSL policy '" + policy + "' not found");
    }
    return protocols;
  }

  static Struct describe(Struct input, Caller caller) {
    List<String> asked = input.strings("Names");
    boolean elsewhere = input.string("LoadBalancerType").filter("gateway"::equals).isPresent();
    List<String> names =
        elsewhere ? List.of() : asked.isEmpty() ? List.copyOf(PROTOCOLS.keySet()) : asked;
    names.forEach(SslPolicies::protocols);
    return Marker.page(
        input,
        "SslPolicies",
        names,
        name ->
            Struct.of()
                .with("Name", name)
                .with("SslProtocols", PROTOCOLS.get(name))
                .with("SupportedLoadBalancerTypes", List.of("application", "network")));
  }
}
