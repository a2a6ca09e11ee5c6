package dev.fargate.operator.validate.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.environment.Access;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.api.v1alpha1.environment.ImageAccess;
import dev.fargate.api.v1alpha1.environment.NetworkAccess;
import dev.fargate.api.v1alpha1.environment.PriorityAccess;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule by rule, what an environment allows. */
class AccessCheckTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final String ROLE = "arn:aws:iam::123456789012:role/";
  private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
  private static final String PARAMETER = "arn:aws:ssm:eu-central-1:123456789012:parameter/";
  private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);
  private final Access access = environment.getSpec().access;
  private final Defaults defaults = environment.getSpec().defaults;

  AccessCheckTest() {
    environment.setStatus(new FargateEnvironmentStatus());
    environment.getStatus().accountId = "123456789012";
  }

  private static <T> T read(String file, Class<T> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> fields() {
    return AccessCheck.app(app, environment).stream().map(Problem::field).toList();
  }

  private List<String> databaseFields() {
    return AccessCheck.database(database, "mongo:7.0", environment).stream()
        .map(Problem::field)
        .toList();
  }

  @Test
  void theSampleIsAllowedWhatItAsksFor() {
    assertThat(fields()).isEmpty();
    assertThat(databaseFields()).isEmpty();
  }

  @Test
  void anEnvironmentThatAllowsNothingLeavesItsDefaultsOnly() {
    environment.getSpec().access = null;
    assertThat(fields()).containsExactly("spec.image", "spec.ingresses[0].hosts");
    assertThat(databaseFields()).containsExactly("spec.privateDns.name");
    app.getSpec().iam = new Iam();
    app.getSpec().iam.executionRoleArn = defaults.executionRoleArn;
    assertThat(fields()).doesNotContain("spec.iam.executionRoleArn");
  }

  @Test
  void aRefusalNamesFieldValueAndWhoWouldHaveToChangeWhat() {
    access.hosts = List.of("www.example.com");
    app.getSpec().ingresses.get(0).hosts = List.of("pay.example.com");
    assertThat(AccessCheck.app(app, environment))
        .singleElement()
        .hasToString(
            "spec.ingresses[0].hosts[0]: pay.example.com is not allowed by FargateEnvironment"
                + " phoenix; whoever owns it would have to list it in spec.access.hosts");
  }

  @Test
  void nothingInAValueBreaksALineOrFloodsTheMessage() {
    app.getSpec().image = "a\nReady=True\u202e" + "x".repeat(5000);
    access.images.prefixes = List.of("registry.example.com/");
    String message = AccessCheck.app(app, environment).get(0).message();
    assertThat(message).doesNotContain("\n", "\u202e").hasSizeLessThan(500);
  }

  // Roles

  @Test
  void withoutAListOnlyTheDefaultRoleMayBeNamed() {
    app.getSpec().iam = new Iam();
    app.getSpec().iam.taskRoleArn = ROLE + "admin";
    app.getSpec().iam.executionRoleArn = ROLE + "other";
    assertThat(fields()).containsExactly("spec.iam.taskRoleArn", "spec.iam.executionRoleArn");
    defaults.taskRoleArn = ROLE + "admin";
    assertThat(fields()).containsExactly("spec.iam.executionRoleArn");
  }

  @Test
  void anEmptyListAllowsNoRoleToBeNamedAndLeavesTheDefaultToWhoNamesNone() {
    access.executionRoleArns = List.of();
    assertThat(fields()).isEmpty();
    app.getSpec().iam = new Iam();
    app.getSpec().iam.executionRoleArn = defaults.executionRoleArn;
    assertThat(fields()).containsExactly("spec.iam.executionRoleArn");
  }

  @Test
  void aDatabasesRolesAreCheckedLikewise() {
    database.getSpec().iam = new Iam();
    database.getSpec().iam.taskRoleArn = ROLE + "admin";
    assertThat(databaseFields()).containsExactly("spec.iam.taskRoleArn");
    access.taskRoleArns = List.of(ROLE + "admin");
    assertThat(databaseFields()).isEmpty();
  }

  @Test
  void aBackupRoleIsAllowedByTheList() {
    database.getSpec().backup = new Backup();
    assertThat(databaseFields()).isEmpty();
    database.getSpec().backup.roleArn = ROLE + "backup";
    assertThat(databaseFields()).containsExactly("spec.backup.roleArn");
    defaults.backupRoleArn = ROLE + "backup";
    assertThat(databaseFields()).isEmpty();
    access.backupRoleArns = List.of(ROLE + "other");
    assertThat(databaseFields()).containsExactly("spec.backup.roleArn");
    access.backupRoleArns = List.of(ROLE + "backup");
    assertThat(databaseFields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "role/app, role/app, true",
    "role/app, role/app2, false",
    "role/app, role/app/x, false",
    "role/app, role/App, false",
    "role/team/*, role/team/app, true",
    "role/team/*, role/team/sub/app, true",
    "role/team/*, role/team, false",
    "role/team/*, role/team/, false",
    "role/team/*, role/team2/app, false",
    "role/team/*, role/team/../admin, false",
    "role/team/*, role/x/role/team/app, false",
    "*, role/anything, true"
  })
  void aRoleIsAllowedByItsWholeArnOrByItsPath(String allowed, String asked, boolean expected) {
    String account = "arn:aws:iam::123456789012:";
    String entry = allowed.equals("*") ? allowed : account + allowed;
    assertThat(RoleAccess.allows(List.of(entry), null, account + asked)).isEqualTo(expected);
  }

  @Test
  void aRoleOfAnotherAccountIsAnother() {
    assertThat(RoleAccess.allows(List.of(ROLE + "app"), null, "arn:aws:iam::999999999999:role/app"))
        .isFalse();
  }

  // Hosts

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www.example.com, true",
    "www.example.com, WWW.Example.COM, true",
    "www.example.com, www.example.com.evil.org, false",
    "www.example.com, xwww.example.com, false",
    "www.example.com, *.example.com, false",
    "www.example.com, ww?.example.com, false",
    "www.example.com, www.example.com., false",
    "*.example.com, a.example.com, true",
    "*.example.com, a.b.example.com, true",
    "*.example.com, *.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, .example.com, false",
    "*.example.com, evilexample.com, false",
    "*.example.com, *example.com, false",
    "*.example.com, a?example.com, false",
    "*.example.com, a.example.c*, false",
    "*.example.com, *.*, false",
    "*.example.com, a.example.com., false",
    "*.example.com, a.example.com/b, false",
    "*.example.com, a.ex\u0430mple.com, false",
    "*.example.com, 'a b.example.com', false",
    "*.example.com, \u212a.example.com, false",
    "*.xn--bcher-kva.example, www.xn--bcher-kva.example, true",
    "*.xn--bcher-kva.example, www.b\u00fccher.example, false",
    "*, *.*, true"
  })
  void aHostIsAllowedByItsNameOrByItsEnd(String allowed, String asked, boolean expected) {
    assertThat(HostAccess.allows(List.of(allowed), asked)).isEqualTo(expected);
  }

  @Test
  void everyHostNeedsTheStar() {
    access.hosts = List.of("*.example.com");
    assertThat(AccessCheck.app(app, environment))
        .singleElement()
        .asString()
        .contains("spec.ingresses[0].hosts", "serves every host", "list '*'");
    app.getSpec().ingresses.get(0).paths = List.of("/api/*");
    assertThat(fields()).containsExactly("spec.ingresses[0].hosts");
  }

  @Test
  void noListOfHostsAndAnEmptyOneAllowNone() {
    app.getSpec().ingresses.get(0).hosts = List.of("www.example.com");
    access.hosts = null;
    assertThat(fields()).containsExactly("spec.ingresses[0].hosts[0]");
    access.hosts = List.of();
    assertThat(fields()).containsExactly("spec.ingresses[0].hosts[0]");
  }

  @Test
  void aPriorityOfOnesOwnNeedsLeave() {
    app.getSpec().ingresses.get(0).priorityBase = 1;
    assertThat(fields()).containsExactly("spec.ingresses[0].priorityBase");
    access.rulePriorities = PriorityAccess.COMPUTED;
    assertThat(fields()).containsExactly("spec.ingresses[0].priorityBase");
    access.rulePriorities = PriorityAccess.CHOSEN;
    assertThat(fields()).isEmpty();
  }

  // Images

  @ParameterizedTest
  @CsvSource({
    "registry.example.com/team, registry.example.com/team/app:1, true",
    "registry.example.com/team, registry.example.com/team:1, true",
    "registry.example.com/team, registry.example.com/team@sha256:ab, true",
    "registry.example.com/team, registry.example.com/team, true",
    "registry.example.com/team, registry.example.com/team2/app:1, false",
    "registry.example.com/team, registry.example.com/team-x/app:1, false",
    "registry.example.com/team/, registry.example.com/team/../x/app:1, false",
    "registry.example.com/team/, registry.example.com/team//app:1, false",
    "registry.example.com/team/, registry.example.com/Team/app:1, false",
    "registry.example.com, registry.example.com/app, true",
    "registry.example.com, registry.example.com:5000/app, false",
    "registry.example.com:, registry.example.com:5000/app, false",
    "registry.example.com, registry.example.com.evil.org/app, false",
    "registry.example.com, registry.example.com@evil.org/app, false",
    "registry.example.com:5000, registry.example.com:5000/app, true",
    "nginx, nginx:1.25, true",
    "nginx, docker.io/library/nginx:1.25, false",
    "nginx:1, nginx:1.25, false",
    "nginx:1, nginx:1@sha256:ab, true",
    "nginx, 'nginx:1\n', false",
    "nginx, 'nginx:1 ', false",
    "nginx, 'nginx:1\u007f', false",
    "*, anything, true"
  })
  void anImageIsAllowedByTheStartOfItsName(String allowed, String asked, boolean expected) {
    assertThat(ImageRules.allows(List.of(allowed), asked)).isEqualTo(expected);
  }

  @Test
  void noListOfImagesAllowsNoneButTheEnginesOwn() {
    access.images = null;
    assertThat(fields()).containsExactly("spec.image");
    assertThat(databaseFields()).isEmpty();
    database.getSpec().image = "mongo:7.0";
    assertThat(databaseFields()).containsExactly("spec.image");
    database.getSpec().image = null;
    access.images = new ImageAccess();
    access.images.prefixes = List.of("123456789012.dkr.ecr.eu-central-1.amazonaws.com/");
    assertThat(fields()).isEmpty();
    assertThat(databaseFields()).containsExactly("spec.image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web:1", "web", "web@sha256:short", "web:latest"})
  void whereADigestIsRequiredATagIsNotEnough(String image) {
    access.images.requireDigest = true;
    app.getSpec().image = image;
    assertThat(fields()).containsExactly("spec.image");
    app.getSpec().image = "web:1" + DIGEST;
    assertThat(fields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "web, true",
    "web:latest, true",
    "localhost:5000/web, true",
    "localhost:5000/web:latest, true",
    "web:1, false",
    "web:latest2, false",
    "localhost:5000/web:1, false"
  })
  void latestIsRefusedWrittenOrMeant(String image, boolean refused) {
    access.images.forbidLatest = true;
    app.getSpec().image = image;
    assertThat(fields().contains("spec.image")).isEqualTo(refused);
    app.getSpec().image = image + DIGEST;
    assertThat(fields()).isEmpty();
  }

  // Secrets and parameters

  private void variable(ValueFrom source) {
    EnvVar variable = new EnvVar();
    variable.name = "TOKEN";
    variable.valueFrom = source;
    app.getSpec().env = List.of(variable);
  }

  @ParameterizedTest
  @CsvSource({
    "team-a/, team-a/db-AbCdEf, true",
    "team-a/, team-a/db-AbCdEf:key::, true",
    "team-a, team-a/db-AbCdEf, true",
    "team-a, team-a-AbCdEf, false",
    "team-a, team-a2/db-AbCdEf, false",
    "team-a-AbCdEf, team-a-AbCdEf:key::, true",
    "team-a-AbC, team-a-AbCdEf, false",
    "team-a/, team-a/../team-b/db, false",
    "team-a/, Team-A/db-AbCdEf, false",
    "'', anything-AbCdEf, true"
  })
  void aSecretIsAllowedByTheStartOfItsArn(String allowed, String asked, boolean expected) {
    access.secretArnPrefixes = List.of(SECRET + allowed);
    ValueFrom source = new ValueFrom();
    source.secretsManagerArn = SECRET + asked;
    variable(source);
    assertThat(fields().isEmpty()).isEqualTo(expected);
  }

  @Test
  void noListOfSecretsAllowsNone() {
    ValueFrom source = new ValueFrom();
    source.secretsManagerArn = SECRET + "team-a/db-AbCdEf";
    variable(source);
    assertThat(fields()).containsExactly("spec.env[0].valueFrom.secretsManagerArn");
    access.secretArnPrefixes = List.of("arn:aws:secretsmanager:eu-west-1:123456789012:secret:");
    assertThat(fields()).containsExactly("spec.env[0].valueFrom.secretsManagerArn");
    access.secretArnPrefixes = List.of("*");
    assertThat(fields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/team-a/, team-a/token, true",
    "/team-a, team-a/token, true",
    "/team-a, team-a, true",
    "/team-a, team-a2/token, false",
    "/team-a/, team-a/../team-b/token, false",
    "/team-a/, team-b/team-a/token, false",
    "/, token, true"
  })
  void aParameterIsAllowedByTheStartOfItsPath(String allowed, String asked, boolean expected) {
    access.ssmParameterPrefixes = List.of(allowed);
    ValueFrom source = new ValueFrom();
    source.ssmParameterArn = PARAMETER + asked;
    variable(source);
    assertThat(fields().isEmpty()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ssm:eu-central-1:999999999999:parameter/team-a/token",
        "arn:aws:ssm:us-east-1:123456789012:parameter/team-a/token"
      })
  void aPathMeansParametersOfTheOwnAccountAndRegionAndAnArnAnyOther(String elsewhere) {
    access.ssmParameterPrefixes = List.of("/team-a/");
    ValueFrom source = new ValueFrom();
    source.ssmParameterArn = elsewhere;
    variable(source);
    assertThat(fields()).containsExactly("spec.env[0].valueFrom.ssmParameterArn");
    access.ssmParameterPrefixes = List.of(elsewhere.replace("/token", "/"));
    assertThat(fields()).isEmpty();
  }

  // Topics

  @Test
  void withoutAListOnlyTheDefaultTopicMayBeNamed() {
    Alarm alarm = new Alarm();
    alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
    app.getSpec().alarms = List.of(alarm);
    database.getSpec().alarms = List.of(alarm);
    assertThat(fields()).containsExactly("spec.alarms[0].topicArn");
    assertThat(databaseFields()).containsExactly("spec.alarms[0].topicArn");
    defaults.topicArn = alarm.topicArn;
    assertThat(fields()).isEmpty();
    access.topicArns = List.of("arn:aws:sns:eu-central-1:123456789012:on-call-2");
    assertThat(fields()).containsExactly("spec.alarms[0].topicArn");
    access.topicArns = List.of(alarm.topicArn);
    assertThat(fields()).isEmpty();
    access.topicArns = List.of();
    assertThat(fields()).containsExactly("spec.alarms[0].topicArn");
  }

  // Network

  @Test
  void groupsOfOthersNeedLeaveTheEnvironmentsOwnDoNot() {
    environment.getSpec().network.securityGroupIds = List.of("sg-11111111");
    app.getSpec().network = new Network();
    app.getSpec().network.securityGroupIds = List.of("sg-11111111", "sg-22222222");
    assertThat(fields()).containsExactly("spec.network.securityGroupIds[1]");
    access.networkOverrides = new NetworkAccess();
    access.networkOverrides.securityGroupIds = List.of("sg-22222222");
    assertThat(fields()).isEmpty();
  }

  @Test
  void aPublicAddressAgainstTheEnvironmentNeedsLeave() {
    app.getSpec().network = new Network();
    app.getSpec().network.assignPublicIp = false;
    assertThat(fields()).isEmpty();
    app.getSpec().network.assignPublicIp = true;
    assertThat(fields()).containsExactly("spec.network.assignPublicIp");
    access.networkOverrides = new NetworkAccess();
    access.networkOverrides.assignPublicIp = true;
    assertThat(fields()).isEmpty();
  }

  @Test
  void aPublicAddressAsTheEnvironmentHasItNeedsNoLeave() {
    environment.getSpec().network.assignPublicIp = true;
    app.getSpec().network = new Network();
    app.getSpec().network.assignPublicIp = true;
    assertThat(fields()).isEmpty();
    app.getSpec().network.assignPublicIp = false;
    assertThat(fields()).containsExactly("spec.network.assignPublicIp");
  }

  @Test
  void aDatabaseNeedsTheSameLeaveForItsNetwork() {
    database.getSpec().network = new Network();
    database.getSpec().network.assignPublicIp = true;
    assertThat(databaseFields()).containsExactly("spec.network.assignPublicIp");
  }

  @Test
  void subnetsBesideTheEnvironmentsNeedLeave() {
    List<String> usual = List.of("subnet-1", "subnet-2");
    assertThat(AccessCheck.subnets(List.of("subnet-2"), usual, environment)).isEmpty();
    assertThat(AccessCheck.subnets(List.of("subnet-3"), usual, environment))
        .singleElement()
        .asString()
        .contains("spec.network.subnets", "subnet-3", "spec.access.networkOverrides.subnetIds");
    access.networkOverrides = new NetworkAccess();
    access.networkOverrides.subnetIds = List.of("subnet-3");
    assertThat(AccessCheck.subnets(List.of("subnet-3"), usual, environment)).isEmpty();
    assertThat(AccessCheck.subnets(List.of("subnet-33"), usual, environment)).hasSize(1);
  }

  // Private names

  @ParameterizedTest
  @CsvSource({
    "phoenix-db, phoenix-db, true",
    "phoenix-db, phoenix-db2, false",
    "team-a-*, team-a-db, true",
    "team-a-*, team-a-, false",
    "team-a-*, team-a, false",
    "team-a-*, team-ab, false",
    "*, anything, true"
  })
  void aPrivateNameIsAllowedWholeOrByItsStart(String allowed, String asked, boolean expected) {
    access.dnsNames = List.of(allowed);
    database.getSpec().privateDns.name = asked;
    assertThat(databaseFields().isEmpty()).isEqualTo(expected);
  }

  @Test
  void anAppNeedsTheSameLeaveForItsPrivateName() {
    access.dnsNames = List.of("web");
    app.getSpec().privateDns = new PrivateDns();
    app.getSpec().privateDns.name = "pay";
    assertThat(fields()).containsExactly("spec.privateDns.name");
    app.getSpec().privateDns.name = "web";
    assertThat(fields()).isEmpty();
  }

  // Storage

  @Test
  void aFileSystemOfOthersMustBeListed() {
    access.fileSystemIds = null;
    assertThat(databaseFields()).isEmpty();
    database.getSpec().storage.efs.fileSystemId = "fs-01234567";
    assertThat(databaseFields()).containsExactly("spec.storage.efs.fileSystemId");
    access.fileSystemIds = List.of("fs-0123456789");
    assertThat(databaseFields()).containsExactly("spec.storage.efs.fileSystemId");
    access.fileSystemIds = List.of("fs-01234567");
    assertThat(databaseFields()).isEmpty();
    access.fileSystemIds = List.of("*");
    assertThat(databaseFields()).isEmpty();
  }

  // Sizes

  @Test
  void whoAsksForMoreThanThereMayBeIsRefused() {
    access.maxReplicas = 3;
    access.maxTaskCpu = 512;
    app.getSpec().cpu = 1024;
    database.getSpec().cpu = 1024;
    assertThat(fields()).containsExactly("spec.cpu", "spec.autoscaling.maxReplicas");
    assertThat(databaseFields()).containsExactly("spec.cpu");
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 4;
    app.getSpec().cpu = 512;
    assertThat(fields()).containsExactly("spec.replicas");
    app.getSpec().replicas = 3;
    assertThat(fields()).isEmpty();
  }
}
