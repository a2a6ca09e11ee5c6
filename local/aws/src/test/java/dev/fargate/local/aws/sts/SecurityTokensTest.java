package dev.fargate.local.aws.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import dev.fargate.local.aws.WorldSeed;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

class SecurityTokensTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/guarded";
  private final AwsEndpoint endpoint =
      AwsEndpoint.builder()
          .world(
              new WorldSeed(
                  "123456789012",
                  "eu-central-1",
                  List.of(),
                  List.of(),
                  List.of(new WorldSeed.Role(ROLE, List.of("*"), Optional.of("word"))),
                  List.of()))
          .build();
  private final StsClient sts = Clients.inThread(endpoint, StsClient.builder());

  @Test
  void anyAccessKeyBelongsToTheSeedsAccount() {
    assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
    assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::123456789012:user/tester");
  }

  @Test
  void anAssumedRoleShowsAsThePrincipalOfItsCalls() {
    StsClient assumed = withRole(assume("word"));
    assertThat(assumed.getCallerIdentity().arn())
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/guarded/test");
    assertThat(endpoint.calls().named("sts:GetCallerIdentity"))
        .extracting(call -> call.principal())
        .containsExactly("arn:aws:sts::123456789012:assumed-role/guarded/test");
  }

  @Test
  void aRoleIsRefusedWithoutItsExternalId() {
    assertThatThrownBy(() -> assume("other"))
        .isInstanceOf(StsException.class)
        .hasMessageContaining("not authorized to perform: sts:AssumeRole on resource: " + ROLE)
        .satisfies(e -> assertThat(((StsException) e).statusCode()).isEqualTo(403));
  }

  @Test
  void temporaryCredentialsExpire() {
    StsClient assumed = withRole(assume("word"));
    endpoint.clock().advance(Duration.ofHours(1));
    assertThatThrownBy(assumed::getCallerIdentity)
        .hasMessageContaining("security token included in the request is expired");
  }

  @Test
  void temporaryCredentialsFromElsewhereAreRefused() {
    StsClient foreign =
        Clients.inThread(
            endpoint,
            StsClient.builder(),
            AwsSessionCredentials.create("ASIAFOREIGN", "any", "token"));
    assertThatThrownBy(foreign::getCallerIdentity)
        .hasMessageContaining("security token included in the request is invalid");
  }

  @Test
  void theSameWorksOverASocket() {
    try (AwsEndpoint real = AwsEndpoint.builder().realTime(1).build()) {
      URI url = real.start(0);
      assertThat(Clients.overSocket(url, StsClient.builder()).getCallerIdentity().account())
          .isEqualTo("123456789012");
    }
  }

  private Credentials assume(String externalId) {
    return sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("test").externalId(externalId))
        .credentials();
  }

  private StsClient withRole(Credentials c) {
    return Clients.inThread(
        endpoint,
        StsClient.builder(),
        AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken()));
  }
}
