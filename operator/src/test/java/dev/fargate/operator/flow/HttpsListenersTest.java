package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.ExistingLoadBalancer;
import dev.fargate.api.v1alpha1.environment.Listener;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** Listeners with certificates, policies and redirects, through the whole line in virtual time. */
class HttpsListenersTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);
  private static final String CERTIFICATE =
      "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-aaaa-4bbb-8ccc-00000000000";
  private static final String FIRST = CERTIFICATE + "1";
  private static final String SECOND = CERTIFICATE + "2";

  private final VirtualWorld world = new VirtualWorld();
  private final Clients clients = new Clients(world);
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final LoadBalancer balancer = environment.getSpec().loadBalancers.get(0);
  private final ElasticLoadBalancingV2Client elb =
      ElasticLoadBalancingV2Client.builder()
          .httpClient(world.aws.httpClient())
          .region(Region.EU_CENTRAL_1)
          .endpointOverride(URI.create("http://localhost"))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSOMEBODY", "none")))
          .build();

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    elb.close();
    world.close();
  }

  private static Listener http(boolean redirects) {
    Listener listener = new Listener();
    listener.port = 80;
    listener.protocol = "HTTP";
    listener.redirect = redirects ? "HTTPS" : null;
    return listener;
  }

  private static Listener https(String... certificates) {
    Listener listener = new Listener();
    listener.port = 443;
    listener.protocol = "HTTPS";
    listener.certificateArns = new ArrayList<>(Arrays.asList(certificates));
    return listener;
  }

  private void listeners(Listener... listeners) {
    balancer.listeners = new ArrayList<>(Arrays.asList(listeners));
    world.apply(environment);
  }

  /** Phoenix behind these listeners, ready and settled. */
  private void phoenixBehind(Listener... listeners) {
    listeners(listeners);
    world.apply(read("database.yaml", FargateDatabase.class), app);
    settle();
    clients.forget();
    world.forgetCalls();
  }

  private void settle() {
    world.run(Duration.ofSeconds(30));
    world.runUntil(
        "Phoenix is ready",
        LONG_ENOUGH,
        () -> world.ready("FargateApp", "phoenix") && world.ready("FargateEnvironment", "phoenix"));
    world.run(Duration.ofMinutes(3));
  }

  private String balancerArn() {
    return world.environmentObject("phoenix").getStatus().loadBalancers.get(0).arn;
  }

  private software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener live(int port) {
    return elb
        .describeListeners(request -> request.loadBalancerArn(balancerArn()))
        .listeners()
        .stream()
        .filter(listener -> listener.port() == port)
        .findFirst()
        .orElseThrow();
  }

  private long rulesAt(int port) {
    return elb
        .describeRules(request -> request.listenerArn(live(port).listenerArn()))
        .rules()
        .stream()
        .filter(rule -> !rule.isDefault())
        .map(Rule::actions)
        .count();
  }

  private List<String> listenerWrites() {
    return world.awsWrites().stream().filter(call -> call.contains("Listener")).toList();
  }

  private String message(String kind, ConditionType type) {
    return world.condition(kind, "phoenix", type).map(Condition::getMessage).orElse("");
  }

  @Test
  void theRuleGoesOnTheHttpsListenerOnlyAndTheUrlIsHttps() {
    phoenixBehind(http(true), https(FIRST, SECOND));
    assertThat(rulesAt(443)).isEqualTo(1);
    assertThat(rulesAt(80)).isZero();
    assertThat(world.app("phoenix").getStatus().urls)
        .singleElement()
        .asString()
        .startsWith("https://")
        .endsWith(".amazonaws.com/");
    assertThat(world.app("phoenix").getStatus().url).startsWith("https://");
    assertThat(live(443).sslPolicy()).isEqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06");
    assertThat(clients.certificatesAt(443)).containsExactly(List.of(FIRST, SECOND));
    assertThat(clients.answersAt(80)).containsExactly("served");
  }

  @Test
  void aSecondPassWritesNothing() {
    phoenixBehind(http(true), https(FIRST, SECOND));
    world.run(Duration.ofMinutes(15));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.statusWrites).isZero();
    world.restartOperator();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void certificatesChangeInPlaceAndNoNameIsEverWithoutItsCertificate() {
    phoenixBehind(http(true), https(FIRST, SECOND));
    listeners(http(true), https(SECOND, FIRST));
    settle();
    assertThat(clients.certificatesAt(443))
        .allSatisfy(now -> assertThat(now).contains(FIRST, SECOND))
        .last()
        .isEqualTo(List.of(SECOND, FIRST));
    assertThat(listenerWrites())
        .containsExactly(
            "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:ModifyListener");

    world.forgetCalls();
    listeners(http(true), https(SECOND));
    settle();
    assertThat(listenerWrites()).containsExactly("elasticloadbalancing:RemoveListenerCertificates");
    world.forgetCalls();
    listeners(http(true), https(SECOND, FIRST));
    settle();
    assertThat(listenerWrites()).containsExactly("elasticloadbalancing:AddListenerCertificates");
    assertThat(clients.answersAt(443)).containsExactly("served");
  }

  @Test
  void thePolicyChangesInPlace() {
    phoenixBehind(http(true), https(FIRST));
    Listener strict = https(FIRST);
    strict.sslPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
    listeners(http(true), strict);
    settle();
    assertThat(listenerWrites()).containsExactly("elasticloadbalancing:ModifyListener");
    assertThat(live(443).sslPolicy()).isEqualTo("ELBSecurityPolicy-TLS13-1-3-2021-06");
  }

  @Test
  void whatAPersonChangesAtAListenerIsBroughtBack() {
    phoenixBehind(http(true), https(FIRST));
    elb.addListenerCertificates(
        request ->
            request
                .listenerArn(live(443).listenerArn())
                .certificates(Certificate.builder().certificateArn(SECOND).build()));
    elb.modifyListener(
        request ->
            request.listenerArn(live(443).listenerArn()).sslPolicy("ELBSecurityPolicy-2016-08"));
    clients.forget();
    world.run(Duration.ofMinutes(3));
    assertThat(live(443).sslPolicy()).isEqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06");
    assertThat(clients.certificatesAt(443)).last().isEqualTo(List.of(FIRST));
  }

  @Test
  void httpsAddedLaterMovesTheRuleAndEveryRequestIsAnswered() {
    phoenixBehind(http(false));
    assertThat(world.app("phoenix").getStatus().url).startsWith("http://");
    // The redirect is late, and nothing may go wrong meanwhile.
    world
        .aws
        .faults()
        .on("elasticloadbalancing:ModifyListener")
        .times(3)
        .fail("InternalFailure", "An internal error occurred");
    listeners(http(true), https(FIRST));
    settle();
    assertThat(clients.answersAt(80)).containsExactly("served");
    assertThat(clients.answersAt(443)).containsExactly("refused", "404", "served");
    assertThat(rulesAt(80)).isZero();
    assertThat(world.app("phoenix").getStatus().url).startsWith("https://");
  }

  @Test
  void httpsTakenAwayAgainWaitsForTheRuleAndEveryRequestIsAnswered() {
    phoenixBehind(http(true), https(FIRST));
    listeners(http(false));
    settle();
    assertThat(clients.answersAt(80)).containsExactly("served");
    assertThat(clients.answersAt(443)).containsExactly("served", "404", "refused");
    assertThat(world.awsWrites())
        .containsSubsequence(
            "elasticloadbalancing:CreateRule",
            "elasticloadbalancing:DeleteRule",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:ModifyListener");
    assertThat(world.app("phoenix").getStatus().url).startsWith("http://");
  }

  @Test
  void aListenerThatAnAppNamesStaysUntilTheAppLeavesIt() {
    app.getSpec().ingresses.get(0).listenerPort = 443;
    phoenixBehind(http(false), https(FIRST));
    listeners(http(false));
    world.run(Duration.ofMinutes(10));
    assertThat(clients.answersAt(443)).containsExactly("served");
    assertThat(message("FargateEnvironment", ConditionType.RECONCILING))
        .contains("the rules of FargateApp/default/phoenix to leave Listener/web-443");
    assertThat(message("FargateApp", ConditionType.REFERENCES_RESOLVED))
        .contains("spec.ingresses[0].listenerPort: load balancer web has no listener on port 443");
    assertThat(world.awsWrites()).isEmpty();

    app.getSpec().ingresses.get(0).listenerPort = null;
    world.apply(app);
    settle();
    assertThat(clients.answersAt(443)).containsExactly("served", "404", "refused");
    assertThat(clients.answersAt(80)).last().isEqualTo("served");
  }

  @Test
  void aListenerChangesItsProtocolInPlaceAndBack() {
    phoenixBehind(http(false));
    Listener secure = https(FIRST, SECOND);
    secure.port = 80;
    listeners(secure);
    settle();
    assertThat(world.app("phoenix").getStatus().url).startsWith("https://").endsWith(":80/");
    assertThat(clients.certificatesAt(80)).last().isEqualTo(List.of(FIRST, SECOND));
    listeners(http(false));
    settle();
    assertThat(live(80).protocolAsString()).isEqualTo("HTTP");
    assertThat(live(80).certificates()).isEmpty();
    assertThat(clients.answersAt(80)).containsExactly("served");
    world.forgetCalls();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aCertificateThatDoesNotExistStallsTheEnvironmentWithAwssWordsAndServesOn() {
    phoenixBehind(http(true), https(FIRST));
    listeners(http(true), https(FIRST, CERTIFICATE + "9"));
    world.run(Duration.ofMinutes(3));
    assertThat(message("FargateEnvironment", ConditionType.STALLED))
        .contains("CertificateNotFound")
        .contains(CERTIFICATE + "9");
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
    assertThat(clients.answersAt(80)).containsExactly("served");
    listeners(http(true), https(FIRST));
    settle();
    assertThat(world.condition("FargateEnvironment", "phoenix", ConditionType.STALLED)).isEmpty();
  }

  @Test
  void theListenersOfAnExistingLoadBalancerAreUsedAndNeverChanged() {
    String existing = someonesBalancer();
    balancer.existing = new ExistingLoadBalancer();
    balancer.existing.arn = existing;
    balancer.scheme = null;
    balancer.subnets = null;
    listeners();
    world.apply(read("database.yaml", FargateDatabase.class), app);
    settle();
    assertThat(rulesAt(443)).isEqualTo(1);
    assertThat(rulesAt(80)).isZero();
    assertThat(world.app("phoenix").getStatus().url).startsWith("https://");
    world.delete("FargateApp", "phoenix");
    world.delete("FargateDatabase", "phoenix-db");
    world.delete("FargateEnvironment", "phoenix");
    world.runUntil(
        "all is gone", Duration.ofHours(1), () -> !world.exists("FargateEnvironment", "phoenix"));
    assertThat(
            world
                .aws
                .calls()
                .matching(
                    call ->
                        call.isWrite()
                            && call.principal().contains("AKIDOPERATOR")
                            && (call.name().contains("Listener")
                                || call.name().contains("LoadBalancer"))))
        .isEmpty();
    assertThat(elb.describeListeners(request -> request.loadBalancerArn(existing)).listeners())
        .hasSize(2);
  }

  /** Redirects as people write it: to the same host and path, by keywords. */
  private String someonesBalancer() {
    String arn =
        elb.createLoadBalancer(
                request ->
                    request
                        .name("theirs")
                        .subnets("subnet-0aaa0000000000001", "subnet-0aaa0000000000002"))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    world.aws.clock().advance(Duration.ofMinutes(5));
    elb.createListener(
        request ->
            request
                .loadBalancerArn(arn)
                .protocol("HTTPS")
                .port(443)
                .certificates(Certificate.builder().certificateArn(FIRST).build())
                .defaultActions(
                    action ->
                        action
                            .type("redirect")
                            .redirectConfig(
                                to ->
                                    to.protocol("HTTPS")
                                        .host("www.example.com")
                                        .port("#{port}")
                                        .statusCode("HTTP_302"))));
    elb.createListener(
        request ->
            request
                .loadBalancerArn(arn)
                .protocol("HTTP")
                .port(80)
                .defaultActions(
                    action ->
                        action
                            .type("redirect")
                            .redirectConfig(
                                to -> to.protocol("HTTPS").port("443").statusCode("HTTP_301"))));
    return arn;
  }

  @Test
  void deletingEverythingAtOnceLeavesNoListener() {
    phoenixBehind(http(true), https(FIRST, SECOND));
    String arn = balancerArn();
    world.delete("FargateEnvironment", "phoenix");
    world.delete("FargateDatabase", "phoenix-db");
    world.delete("FargateApp", "phoenix");
    world.runUntil(
        "all is gone", Duration.ofHours(1), () -> !world.exists("FargateEnvironment", "phoenix"));
    assertThat(elb.describeLoadBalancers().loadBalancers())
        .noneMatch(each -> each.loadBalancerArn().equals(arn));
  }
}
