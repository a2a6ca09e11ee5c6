package dev.fargate.local.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.call.Dispatcher;
import dev.fargate.local.aws.server.LoopbackServer;
import dev.fargate.local.aws.server.SameThreadHttpClient;
import dev.fargate.local.aws.time.VirtualScheduler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * rest-json and rest-xml, by the real SDK's clients against services that answer what a test says.
 */
class RestProtocolsTest {
  private static final String POINT =
      "arn:aws:backup:eu-central-1:123456789012:recovery-point:a/b c";
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final Told backup = new Told("backup");
  private final Told efs = new Told("elasticfilesystem");
  private final Told route53 = new Told("route53");
  private final Dispatcher dispatcher =
      new Dispatcher(
          new VirtualScheduler(NOON),
          pause -> {},
          "eu-central-1",
          scope -> new Caller("123456789012", scope.region(), scope.accessKeyId()),
          List.of(backup, efs, route53));
  private final SdkHttpClient inThread = new SameThreadHttpClient(dispatcher::handle);

  @Test
  void labelsQueryStringAndBodyGoWhereTheModelSays() {
    BackupClient client = client(BackupClient.builder());
    client.describeRecoveryPoint(r -> r.backupVaultName("v1").recoveryPointArn(POINT));
    assertThat(backup.asked("DescribeRecoveryPoint"))
        .isEqualTo(Struct.of().with("BackupVaultName", "v1").with("RecoveryPointArn", POINT));

    client.listBackupJobs(r -> r.byCreatedAfter(NOON).byBackupVaultName("v1").maxResults(5));
    assertThat(backup.asked("ListBackupJobs"))
        .isEqualTo(
            Struct.of()
                .with("ByCreatedAfter", NOON)
                .with("ByBackupVaultName", "v1")
                .with("MaxResults", 5));

    client.tagResource(r -> r.resourceArn(POINT).tags(Map.of("a b", "c+d")));
    assertThat(backup.asked("TagResource"))
        .isEqualTo(Struct.of().with("ResourceArn", POINT).with("Tags", Map.of("a b", "c+d")));
  }

  @Test
  void aPathWithAndWithoutASlashAtItsEndIsTheSame() {
    client(BackupClient.builder()).getBackupPlan(r -> r.backupPlanId("p1"));
    assertThat(backup.asked("GetBackupPlan").string("BackupPlanId")).hasValue("p1");
    assertThat(answer("backup", "GET", "/backup/plans/p1", "").status()).isEqualTo(200);
  }

  @Test
  void listsInTheQueryStringAreRepeatedKeys() {
    client(EfsClient.builder())
        .untagResource(r -> r.resourceId("fs-01234567").tagKeys("a+b", "c d"));
    assertThat(efs.asked("UntagResource").strings("TagKeys")).containsExactly("a+b", "c d");
  }

  @Test
  void answersInJsonAreReadBackAndCarryTheModelsStatus() {
    backup.answers(
        Struct.of()
            .with(
                "RecoveryPoints",
                List.of(
                    Struct.of()
                        .with("RecoveryPointArn", POINT)
                        .with("CreationDate", NOON)
                        .with("BackupSizeInBytes", 12L)
                        .with("Lifecycle", Struct.of().with("DeleteAfterDays", 7L)))));
    RecoveryPointByBackupVault point =
        client(BackupClient.builder())
            .listRecoveryPointsByBackupVault(r -> r.backupVaultName("v1"))
            .recoveryPoints()
            .get(0);
    assertThat(point.recoveryPointArn()).isEqualTo(POINT);
    assertThat(point.creationDate()).isEqualTo(NOON);
    assertThat(point.lifecycle().deleteAfterDays()).isEqualTo(7);
    assertThat(answer("elasticfilesystem", "DELETE", "/2015-02-01/file-systems/fs-01234567", ""))
        .returns(204, HttpResponse::status)
        .returns(0, response -> response.body().length);
  }

  @Test
  void errorsInJsonAreTheModelledExceptions() {
    backup.fails(new AwsException("ResourceNotFoundException", "no vault v1"));
    assertThatThrownBy(
            () -> client(BackupClient.builder()).describeBackupVault(r -> r.backupVaultName("v1")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("no vault v1")
        .hasMessageContaining("Status Code: 400");
    efs.fails(
        new AwsException(
            "FileSystemNotFound",
            "no such file system",
            400,
            Struct.of().with("ErrorCode", "FileSystemNotFound")));
    assertThatThrownBy(
            () ->
                client(EfsClient.builder()).describeFileSystems(r -> r.fileSystemId("fs-01234567")))
        .isInstanceOf(FileSystemNotFoundException.class)
        .hasMessageContaining("no such file system")
        .hasMessageContaining("Status Code: 404");
  }

  @Test
  void xmlGoesBothWaysWithTheModelsElementNames() {
    route53.answers(
        Struct.of()
            .with(
                "ChangeInfo",
                Struct.of()
                    .with("Id", "/change/C1")
                    .with("Status", "PENDING")
                    .with("SubmittedAt", NOON)));
    ResourceRecordSet record =
        ResourceRecordSet.builder()
            .name("a&b.example.com.")
            .type(RRType.TXT)
            .ttl(60L)
            .resourceRecords(v -> v.value("\"x < y\""), v -> v.value("\"z\""))
            .build();
    Instant submitted =
        client(Route53Client.builder())
            .changeResourceRecordSets(
                r ->
                    r.hostedZoneId("Z1")
                        .changeBatch(
                            b ->
                                b.comment("why")
                                    .changes(
                                        c ->
                                            c.action(ChangeAction.UPSERT)
                                                .resourceRecordSet(record))))
            .changeInfo()
            .submittedAt();
    assertThat(submitted).isEqualTo(NOON);
    Struct input = route53.asked("ChangeResourceRecordSets");
    assertThat(input.string("HostedZoneId")).hasValue("Z1");
    Struct change = input.struct("ChangeBatch").orElseThrow().structs("Changes").get(0);
    Struct set = change.struct("ResourceRecordSet").orElseThrow();
    assertThat(set.string("Name")).hasValue("a&b.example.com.");
    assertThat(set.get("TTL")).isEqualTo(60L);
    assertThat(set.structs("ResourceRecords"))
        .extracting(value -> value.required("Value"))
        .containsExactly("\"x < y\"", "\"z\"");

    route53.answers(
        Struct.of()
            .with("ResourceRecordSets", List.of(set))
            .with("IsTruncated", false)
            .with("MaxItems", "300"));
    assertThat(
            client(Route53Client.builder())
                .listResourceRecordSets(r -> r.hostedZoneId("Z1").startRecordName("a"))
                .resourceRecordSets())
        .containsExactly(record);
  }

  @Test
  void errorsInXmlAreTheModelledExceptions() {
    route53.fails(new AwsException("NoSuchHostedZone", "No hosted zone found with ID: Z1"));
    assertThatThrownBy(() -> client(Route53Client.builder()).getHostedZone(r -> r.id("Z1")))
        .isInstanceOf(NoSuchHostedZoneException.class)
        .hasMessageContaining("No hosted zone found with ID: Z1")
        .hasMessageContaining("Status Code: 404");
  }

  @Test
  void whatTheModelLacksIsRefusedByName() {
    assertThat(text(answer("backup", "GET", "/backup-jobs?vault=v1", "")))
        .contains("the query string has 'vault', which ListBackupJobsInput does not have");
    assertThat(text(answer("backup", "PUT", "/backup-vaults/v1", "{\"Colour\":1}")))
        .contains("member 'Colour', which CreateBackupVaultInput does not have");
    assertThat(text(answer("backup", "PUT", "/backup-vaults/v1", "{\"BackupVaultName\":\"v2\"}")))
        .contains("member 'BackupVaultName'");
    String path = "/2013-04-01/hostedzone/Z1/rrset/";
    assertThat(text(answer("route53", "POST", path, request("<Colour>red</Colour>"))))
        .contains("<Code>SerializationException</Code>")
        .contains("has the element Colour");
    assertThat(text(answer("route53", "POST", path, "<!DOCTYPE a><a/>")))
        .contains("the request body is not XML");
  }

  @Test
  void brokenConstraintsAreToldInTheServicesOwnCode() {
    assertThat(answer("backup", "PUT", "/backup-vaults/a%20b", "{}"))
        .satisfies(
            answer ->
                assertThat(answer.headers())
                    .containsEntry("x-amzn-ErrorType", "InvalidParameterValueException"));
    assertThat(answer("backup", "PUT", "/backup-jobs", "{}").headers())
        .containsEntry("x-amzn-ErrorType", "MissingParameterValueException");
    assertThat(text(answer("route53", "POST", "/2013-04-01/hostedzone/Z1/rrset", request(""))))
        .contains("<Code>InvalidInput</Code>");
  }

  @Test
  void unknownPathsAndUnsupportedOperationsAreToldApart() {
    assertThat(answer("backup", "GET", "/audit/frameworks", "").status()).isEqualTo(501);
    assertThat(text(answer("backup", "GET", "/audit/frameworks", "")))
        .contains("does not support backup:ListFrameworks");
    assertThat(answer("backup", "GET", "/no/such/path", "").status()).isEqualTo(404);
    assertThat(text(answer("backup", "GET", "/no/such/path", "")))
        .contains("has no operation 'GET /no/such/path'");
  }

  @Test
  void theSameGoesOverASocket() {
    try (LoopbackServer server = new LoopbackServer(0, dispatcher::handle)) {
      BackupClient client =
          client(BackupClient.builder(), UrlConnectionHttpClient.create(), server.uri());
      client.listBackupJobs(r -> r.byResourceArn(POINT));
      assertThat(backup.asked("ListBackupJobs").string("ByResourceArn")).hasValue(POINT);
      client.deleteRecoveryPoint(r -> r.backupVaultName("v1").recoveryPointArn(POINT));
      assertThat(backup.asked("DeleteRecoveryPoint").string("RecoveryPointArn")).hasValue(POINT);
    }
  }

  private static String request(String members) {
    return "<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
        + members
        + "</ChangeResourceRecordSetsRequest>";
  }

  private HttpResponse answer(String service, String method, String path, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-central-1/"
            + service
            + "/aws4_request, SignedHeaders=host, Signature=none");
    return dispatcher.handle(
        new HttpRequest(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return client(builder, inThread, URI.create("http://localhost"));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient http, URI endpoint) {
    return builder
        .httpClient(http)
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "any")))
        .build();
  }

  /** A service that remembers what it was asked and answers what it was told. */
  private static final class Told implements ServiceBehaviour {
    private final String signingName;
    private final List<String> operations = new ArrayList<>();
    private final List<Struct> inputs = new ArrayList<>();
    private Struct answer = Struct.of();
    private AwsException error;

    Told(String signingName) {
      this.signingName = signingName;
    }

    void answers(Struct next) {
      answer = next;
    }

    void fails(AwsException next) {
      error = next;
    }

    /** The input of the last call, which was of this operation. */
    Struct asked(String operation) {
      assertThat(operations.get(operations.size() - 1)).isEqualTo(operation);
      return inputs.get(inputs.size() - 1);
    }

    @Override
    public String signingName() {
      return signingName;
    }

    @Override
    public Set<String> operations() {
      return ServiceCodec.load(signingName).operations();
    }

    @Override
    public Struct handle(String operation, Struct input, Caller caller) {
      operations.add(operation);
      inputs.add(input);
      if (error != null) {
        throw error;
      }
      return answer;
    }
  }
}
