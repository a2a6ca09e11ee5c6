package dev.fargate.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that an API server evaluates for the other two kinds, by the same expressions. */
class DatabaseAndEnvironmentRulesTest {

  private static final String DATABASE =
      "{engine: mongodb, version: '7.0', databaseName: demoDB, storage: {ephemeral: {}}%s}";
  private static final String ENVIRONMENT =
      """
      region: eu-central-1
      cluster: {name: phoenix}
      network: {vpcId: vpc-1, subnets: {ids: [subnet-1]}}
      """;
  private static final String LISTENERS = ", listeners: [{port: 80, protocol: HTTP}]";

  private final CelRules database = CelRules.of(FargateDatabase.class);
  private final CelRules environment = CelRules.of(FargateEnvironment.class);

  @Test
  void theSmallestObjectsAreAccepted() {
    assertThat(database.create(DATABASE.formatted(""))).isEmpty();
    assertThat(environment.create(ENVIRONMENT)).isEmpty();
    assertThat(environment.change(ENVIRONMENT, ENVIRONMENT)).isEmpty();
  }

  @Test
  void whatADatabaseWasMadeWithCannotChange() {
    String before = DATABASE.formatted("");
    assertThat(database.change(before, before.replace("demoDB", "other")))
        .singleElement()
        .asString()
        .startsWith("databaseName cannot change");
    assertThat(database.change(before, before.replace("mongodb", "other")))
        .singleElement()
        .asString()
        .startsWith("engine cannot change");
    assertThat(database.change(before, before.replace("7.0", "8.0"))).isEmpty();
  }

  @Test
  void credentialsCanNeitherComeNorGoNorChange() {
    String without = DATABASE.formatted("");
    String with = DATABASE.formatted(", credentials: {secretRef: {name: a}}");
    String other = DATABASE.formatted(", credentials: {secretRef: {name: b}}");
    assertThat(database.change(with, with)).isEmpty();
    assertThat(database.change(without, with)).hasSize(1);
    assertThat(database.change(with, without)).hasSize(1);
    assertThat(database.change(with, other)).hasSize(1);
  }

  private static String stored(String efs) {
    return DATABASE.formatted("").replace("{ephemeral: {}}", "{efs: {" + efs + "}}");
  }

  @Test
  void onlyAFileSystemOfItsOwnIsBackedUp() {
    String backup = ", backup: {schedule: '0 3 * * *'}}";
    assertThat(database.create(stored("").replaceFirst("}$", backup))).isEmpty();
    for (String other :
        new String[] {DATABASE.formatted(""), stored("fileSystemId: fs-01234567")}) {
      assertThat(database.create(other.replaceFirst("}$", backup)))
          .as(other)
          .singleElement()
          .asString()
          .startsWith("backup needs storage.efs without fileSystemId");
    }
  }

  @Test
  void onlyIntoAFileSystemOfItsOwnIsARecoveryPointBroughtBack() {
    String point = "arn:aws:backup:eu-central-1:123456789012:recovery-point:1eb3b5e7-9eb0";
    String restore = ", restore: {recoveryPointArn: '" + point + "'}}";
    assertThat(database.create(stored("").replaceFirst("}$", restore))).isEmpty();
    for (String other :
        new String[] {DATABASE.formatted(""), stored("fileSystemId: fs-01234567")}) {
      assertThat(database.create(other.replaceFirst("}$", restore)))
          .as(other)
          .singleElement()
          .asString()
          .startsWith("restore needs storage.efs without fileSystemId");
    }
  }

  @Test
  void whereTheDataLiesCannotChange() {
    String own = stored("");
    assertThat(database.create(own)).isEmpty();
    assertThat(database.change(own, stored("throughputMode: bursting"))).isEmpty();
    assertThat(database.change(own, stored("encrypted: true"))).isEmpty();
    assertThat(database.change(own, DATABASE.formatted("")))
        .singleElement()
        .asString()
        .startsWith("storage cannot change");
    for (String other :
        new String[] {
          "encrypted: false", "kmsKeyId: alias/a", "fileSystemId: fs-01234567",
        }) {
      assertThat(database.change(own, stored(other))).as(other).hasSize(1);
      assertThat(database.change(stored(other), own)).as(other).hasSize(1);
    }
    assertThat(
            database.change(
                stored("throughputMode: bursting"),
                stored("throughputMode: bursting, performanceMode: maxIO")))
        .singleElement()
        .asString()
        .startsWith("performanceMode cannot change");
    assertThat(
            database.change(
                stored("fileSystemId: fs-01234567"), stored("fileSystemId: fs-89abcdef")))
        .hasSize(1);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThat(database.create(stored("fileSystemId: fs-01234567"))).isEmpty();
    assertThat(database.create(stored("fileSystemId: fs-01234567, encrypted: true")))
        .singleElement()
        .asString()
        .startsWith("a file system that exists is used as it is");
    assertThat(database.create(stored("kmsKeyId: alias/a, encrypted: false"))).hasSize(1);
    assertThat(database.create(stored("performanceMode: maxIO")))
        .singleElement()
        .asString()
        .startsWith("AWS gives maxIO only");
  }

  @ParameterizedTest
  @CsvSource({
    "region: eu-central-1, region: eu-west-1, region cannot change",
    "name: phoenix, name: other, cluster.name cannot change",
    "vpcId: vpc-1, vpcId: vpc-2, network.vpcId cannot change"
  })
  void anEnvironmentStaysWhereItIs(String before, String after, String message) {
    assertThat(environment.change(ENVIRONMENT, ENVIRONMENT.replace(before, after)))
        .singleElement()
        .asString()
        .startsWith(message);
  }

  @Test
  void thePrivateDomainMayComeButNeitherChangeNorGo() {
    String with = ENVIRONMENT + "privateDns: {domain: a.internal}";
    assertThat(environment.change(ENVIRONMENT, with)).isEmpty();
    assertThat(environment.change(with, ENVIRONMENT)).hasSize(1);
    assertThat(environment.change(with, with.replace("a.internal", "b.internal"))).hasSize(1);
  }

  @Test
  void aLoadBalancerIsEitherMadeOrFound() {
    assertThat(loadBalancer("scheme: Internal" + LISTENERS)).isEmpty();
    assertThat(loadBalancer("existing: {arn: x}")).isEmpty();
    assertThat(loadBalancer("scheme: Internal")).hasSize(1);
    assertThat(environment.create(with("{name: web" + LISTENERS + "}")))
        .singleElement()
        .asString()
        .startsWith("set scheme");
    assertThat(loadBalancer("scheme: Internal, existing: {arn: x}"))
        .singleElement()
        .asString()
        .startsWith("an existing load balancer is used as it is");
  }

  @Test
  void aLoadBalancerKeepsItsSchemeButOthersMayComeAndGo() {
    String internal = "{name: web, scheme: Internal" + LISTENERS + "}";
    String open = internal.replace("Internal", "InternetFacing");
    assertThat(environment.change(with(internal), with(open)))
        .singleElement()
        .asString()
        .startsWith("scheme cannot change");
    assertThat(environment.change(with(internal), with("{name: web, existing: {arn: x}}")))
        .singleElement()
        .asString()
        .startsWith("existing cannot change");
    assertThat(environment.change(with(internal), with(open.replace("web", "other")))).isEmpty();
    assertThat(environment.change(with(internal), ENVIRONMENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{port: 443, protocol: HTTPS, certificateArns: [x]}', 0",
    "'{port: 443, protocol: HTTPS}', 1",
    "'{port: 80, protocol: HTTP, certificateArns: [x]}', 1",
    "'{port: 80, protocol: HTTP, sslPolicy: x}', 1",
    "'{port: 80, protocol: HTTP, redirect: HTTPS}', 1",
    "'{port: 80, protocol: HTTP, redirect: HTTPS}, {port: 443, protocol: HTTPS, certificateArns:"
        + " [x]}', 0",
    "'{port: 443, protocol: HTTPS, certificateArns: [x], redirect: HTTPS}', 1"
  })
  void listenersFitTheirProtocol(String listeners, int refusals) {
    assertThat(loadBalancer("scheme: Internal, listeners: [" + listeners + "]")).hasSize(refusals);
  }

  @ParameterizedTest
  @CsvSource({
    "'{from: All}', 0",
    "'{}', 0",
    "'{from: Names, names: [a]}', 0",
    "'{from: Names}', 1",
    "'{names: [a]}', 1",
    "'{from: Selector, selector: {matchLabels: {a: b}}}', 0",
    "'{from: Selector, names: [a]}', 2"
  })
  void namespacesAreChosenInOneWay(String namespaces, int refusals) {
    assertThat(environment.create(ENVIRONMENT + "access: {namespaces: " + namespaces + "}"))
        .hasSize(refusals);
  }

  @Test
  void aReferencedClusterHasNoSettings() {
    assertThat(environment.create(ENVIRONMENT.replace("phoenix", "phoenix, management: Reference")))
        .isEmpty();
    assertThat(
            environment.create(
                ENVIRONMENT.replace(
                    "phoenix", "phoenix, management: Reference, containerInsights: Enabled")))
        .hasSize(1);
  }

  private java.util.List<String> loadBalancer(String fields) {
    return environment.create(with("{name: web, " + fields + "}"));
  }

  private static String with(String loadBalancer) {
    return ENVIRONMENT + "loadBalancers: [" + loadBalancer + "]";
  }
}
