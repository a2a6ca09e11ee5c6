package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * What the operator writes, as an emulator that others have written keeps and shows it. Its clock
 * is virtual; moto answers at once and runs no task, so nothing gets ready.
 */
@Tag("moto")
class MotoTest {
  private static final Duration SETTLED = Duration.ofMinutes(5);
  private static final Duration TWO_SWEEPS = Duration.ofMinutes(3);

  private final Moto moto = new Moto();
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final World world =
      new World(moto.url(), (service, operation, took, error) -> note(service, operation));
  private final Ec2Client ec2 = client(Ec2Client.builder());
  private final EfsClient efs = client(EfsClient.builder());
  private final BackupClient backup = client(BackupClient.builder());
  private final CloudWatchClient cloudWatch = client(CloudWatchClient.builder());
  private final Route53Client route53 = client(Route53Client.builder());
  private final EcsClient ecs = client(EcsClient.builder());
  private List<String> subnets;
  private String zone;

  private void note(String service, String operation) {
    if (!operation.matches("(Describe|List|Get).*")) {
      writes.add(service + ":" + operation);
    }
  }

  private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(moto.url())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("person", "any")))
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** Phoenix in the network that moto begins with, without what moto lacks. */
  @BeforeEach
  void phoenix() {
    List<Subnet> all = ec2.describeSubnets().subnets();
    subnets = all.stream().map(Subnet::subnetId).limit(2).toList();
    zone =
        route53
            .createHostedZone(r -> r.name("example.com").callerReference("1"))
            .hostedZone()
            .id()
            .replace("/hostedzone/", "");
    world.applyPhoenix();
    FargateEnvironment environment = world.environments.values().iterator().next();
    environment.getSpec().network.vpcId = all.get(0).vpcId();
    environment.getSpec().network.subnets.ids = new ArrayList<>(subnets);
    environment.getSpec().loadBalancers.get(0).subnets.ids = new ArrayList<>(subnets);
    PublicZone publicZone = new PublicZone();
    publicZone.domain = "example.com";
    publicZone.hostedZoneId = zone;
    environment.getSpec().publicZones.add(publicZone);
    FargateApp app = world.app("phoenix");
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 1;
    app.getSpec().ingresses.get(0).hosts.add("app.example.com");
    database().getSpec().backup = null;
  }

  @AfterEach
  void close() {
    world.close();
    moto.close();
  }

  private FargateDatabase database() {
    return world.databases.values().iterator().next();
  }

  @Test
  void anOperatorWithoutMemoryFindsAllThatAnEarlierOneMadeAndWritesNothing() {
    world.goOn(SETTLED);
    assertThat(writes)
        .contains(
            "elasticfilesystem:CreateFileSystem",
            "monitoring:PutMetricAlarm",
            "route53:ChangeResourceRecordSets",
            "ecs:CreateService");
    writes.clear();
    world.restart();
    world.goOn(TWO_SWEEPS);
    assertThat(writes).isEmpty();
    assertThat(world.lastErrors()).isEmpty();
  }

  @Test
  void theDatabasesFileSystemHasItsDirectoryItsOwnerAndAMountTargetPerZone() {
    world.goOn(SETTLED);
    assertThat(efs.describeFileSystems().fileSystems())
        .singleElement()
        .satisfies(
            system -> {
              assertThat(system.encrypted()).isTrue();
              assertThat(system.performanceModeAsString()).isEqualTo("generalPurpose");
              assertThat(efs.describeMountTargets(r -> r.fileSystemId(system.fileSystemId())))
                  .satisfies(
                      targets ->
                          assertThat(targets.mountTargets())
                              .extracting(target -> target.subnetId())
                              .containsExactlyInAnyOrderElementsOf(subnets));
            });
    assertThat(efs.describeAccessPoints(r -> {}).accessPoints())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.posixUser().uid()).isEqualTo(999);
              assertThat(point.rootDirectory().creationInfo().ownerUid()).isEqualTo(999);
            });
  }

  @Test
  void alarmsTellTheTopicAndTheNameLeadsToTheLoadBalancerBesideItsOwnersRecord() {
    world.goOn(SETTLED);
    assertThat(cloudWatch.describeAlarms().metricAlarms())
        .hasSize(3)
        .allSatisfy(
            alarm ->
                assertThat(alarm.alarmActions())
                    .containsExactly(
                        "arn:aws:sns:eu-central-1:123456789012:fargate-operator-alarms"));
    assertThat(
            route53.listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
                .map(record -> record.typeAsString() + " " + record.name()))
        .contains("A app.example.com.", "TXT _fargate-operator.app.example.com.");
  }

  @Test
  void whatSomebodyChangesIsPutBack() {
    world.goOn(SETTLED);
    cloudWatch.deleteAlarms(
        r -> r.alarmNames(cloudWatch.describeAlarms().metricAlarms().get(0).alarmName()));
    String target =
        efs.describeMountTargets(
                r -> r.fileSystemId(efs.describeFileSystems().fileSystems().get(0).fileSystemId()))
            .mountTargets()
            .get(0)
            .mountTargetId();
    List<String> groups =
        efs.describeMountTargetSecurityGroups(r -> r.mountTargetId(target)).securityGroups();
    String other = ec2.describeSecurityGroups().securityGroups().get(0).groupId();
    efs.modifyMountTargetSecurityGroups(r -> r.mountTargetId(target).securityGroups(other));

    world.goOn(SETTLED);
    assertThat(cloudWatch.describeAlarms().metricAlarms()).hasSize(3);
    assertThat(efs.describeMountTargetSecurityGroups(r -> r.mountTargetId(target)).securityGroups())
        .isEqualTo(groups);
  }

  @Test
  void aDeletedPhoenixLeavesNothingOfTheseKinds() {
    world.goOn(SETTLED);
    for (String kind : List.of("FargateApp", "FargateDatabase", "FargateEnvironment")) {
      world.delete(kind);
    }
    world.until(
        "all is gone",
        () -> world.apps.isEmpty() && world.databases.isEmpty() && world.environments.isEmpty(),
        Duration.ofMinutes(20));
    assertThat(efs.describeFileSystems().fileSystems()).isEmpty();
    assertThat(efs.describeAccessPoints(r -> {}).accessPoints()).isEmpty();
    assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
    assertThat(
            route53.listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
                .map(record -> record.typeAsString()))
        .containsExactlyInAnyOrder("NS", "SOA");
  }

  @Test
  void vaultAndPlanOfABackupAreMadeOnceAndASelectionThatCannotBeReadIsNotMade() {
    database().getSpec().backup =
        World.sample("phoenix/database.yaml", FargateDatabase.class).getSpec().backup;
    world.goOn(SETTLED);
    assertThat(backup.listBackupVaults(r -> {}).backupVaultList()).hasSize(1);
    assertThat(backup.listBackupPlans(r -> {}).backupPlansList())
        .singleElement()
        .satisfies(
            plan ->
                assertThat(backup.getBackupPlan(r -> r.backupPlanId(plan.backupPlanId())))
                    .satisfies(
                        found ->
                            assertThat(found.backupPlan().rules().get(0).scheduleExpression())
                                .isEqualTo("cron(0 3 * * ? *)")));
    assertThat(writes).containsOnlyOnce("backup:CreateBackupVault", "backup:CreateBackupPlan");
    assertThat(writes).doesNotContain("backup:CreateBackupSelection");
    assertThat(world.lastErrors()).singleElement().asString().contains("reading every Backup");
  }

  /** When one of these comes, its tests can come, too. */
  @Test
  void whatMotoLacks() {
    Map<String, ThrowingCallable> lacking =
        Map.of(
            "backup:CreateBackupSelection",
            () -> backup.listBackupSelections(r -> r.backupPlanId("any")),
            "backup:UpdateBackupPlan",
            () -> backup.updateBackupPlan(r -> r.backupPlanId("any").backupPlan(p -> {})),
            "backup:ListBackupJobs",
            () -> backup.listBackupJobs(r -> {}),
            "backup:ListRecoveryPointsByBackupVault",
            () -> backup.listRecoveryPointsByBackupVault(r -> r.backupVaultName("any")),
            "backup:ListRestoreJobs",
            () -> backup.listRestoreJobs(r -> {}),
            "elasticfilesystem:UpdateFileSystem",
            () -> efs.updateFileSystem(r -> r.fileSystemId("fs-01234567")),
            "ecs:ListServiceDeployments",
            () -> ecs.listServiceDeployments(r -> r.service("any")),
            "application-autoscaling:ListTagsForResource",
            () ->
                client(ApplicationAutoScalingClient.builder())
                    .listTagsForResource(r -> r.resourceARN("arn:aws:any")));
    // Nor does it run tasks: that no task is made of a service shows in every test above.
    lacking.forEach(
        (operation, call) ->
            assertThatThrownBy(call)
                .as(operation)
                .isInstanceOfSatisfying(
                    AwsServiceException.class,
                    error -> assertThat(error.statusCode()).isIn(404, 500, 501)));
  }
}
