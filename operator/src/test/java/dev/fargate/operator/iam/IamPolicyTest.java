package dev.fargate.operator.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.flow.WholeLife;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IamPolicyTest {
  /** What all inline policies of a role may have together. */
  private static final int INLINE_LIMIT = 10_240;

  /** Room for an account id, an owner id and a few role names instead of the placeholders. */
  private static final int ROOM = 1_000;

  /** What the command line's logs calls, with the rights of whoever types it. */
  private static final Set<String> OF_PEOPLE = Set.of("logs:FilterLogEvents");

  private final IamPolicy operator = IamPolicy.of("operator-policy.json");

  @Test
  void theOperatorMayDoWhatItDoesInAWholeLifeAndNothingElse() {
    assertThat(operator.actions()).isEqualTo(IamActions.neededFor(WholeLife.calledOperations()));
  }

  @Test
  void theOperatorMayDoWhatItsCodeCanDoAndNothingElse() {
    Set<String> operations = new TreeSet<>(AwsOperations.inTheOperatorsCode());
    operations.removeAll(OF_PEOPLE);
    assertThat(operator.actions()).isEqualTo(IamActions.neededFor(operations));
  }

  @Test
  void whoReadsLogsMayDoWhatTheCommandDoesAndNothingElse() {
    IamPolicy reader = IamPolicy.of("log-reader-policy.json");
    assertThat(AwsOperations.inTheOperatorsCode()).containsAll(OF_PEOPLE);
    assertThat(reader.actions()).isEqualTo(OF_PEOPLE);
    assertThat(reader.statements())
        .singleElement()
        .satisfies(
            statement ->
                assertThat(statement.resources())
                    .containsExactly("arn:aws:logs:*:ACCOUNT_ID:log-group:/fargate/OWNER_ID/*"));
  }

  @Test
  void noActionHasAWildcard() {
    assertThat(operator.actions()).noneMatch(action -> action.contains("*"));
  }

  @Test
  void everyChangeIsNarrowedByTagOrNameWhereAwsCan() {
    Set<String> wide =
        Set.of(
            "application-autoscaling:TagResource",
            "application-autoscaling:UntagResource",
            "backup-storage:MountCapsule",
            "ecs:DeregisterTaskDefinition",
            "elasticloadbalancing:SetRulePriorities",
            "route53:ChangeResourceRecordSets",
            "route53:CreateHostedZone",
            "route53:DeleteHostedZone",
            "servicediscovery:CreateService",
            "servicediscovery:DeleteNamespace",
            "servicediscovery:DeleteService",
            "servicediscovery:TagResource",
            "servicediscovery:UntagResource",
            "servicediscovery:UpdateService");
    assertThat(operator.statements())
        .filteredOn(statement -> !statement.narrowed())
        .flatExtracting(IamPolicy.Statement::actions)
        .filteredOn(action -> !action.matches("[a-z0-9-]+:(Describe|List|Get).*"))
        .containsExactlyInAnyOrderElementsOf(wide);
  }

  @Test
  void rolesAreHandedToTasksToEcsAndToBackupOnly() {
    assertThat(operator.statements())
        .filteredOn(statement -> statement.actions().contains("iam:PassRole"))
        .hasSize(3)
        .allSatisfy(
            statement -> {
              assertThat(statement.conditions()).containsExactly("iam:PassedToService");
              assertThat(statement.resources()).doesNotContain("*");
            });
    assertThat(operator.text())
        .contains("\"iam:PassedToService\": \"ecs-tasks.amazonaws.com\"")
        .contains("\"iam:PassedToService\": \"backup.amazonaws.com\"")
        .contains("\"iam:PassedToService\": \"ecs.amazonaws.com\"");
  }

  @Test
  void noSecretButOursCanBeRead() {
    assertThat(
            Stream.of(operator, IamPolicy.of("execution-role-policy.json"))
                .flatMap(policy -> policy.statements().stream())
                .filter(statement -> statement.actions().contains("secretsmanager:GetSecretValue")))
        .hasSize(2)
        .allSatisfy(
            statement ->
                assertThat(statement.resources())
                    .contains("arn:aws:secretsmanager:*:ACCOUNT_ID:secret:fargate/OWNER_ID/*")
                    .doesNotContain("*"));
  }

  @Test
  void theOperatorsPolicyFitsIntoARole() {
    assertThat(operator.size()).isLessThan(INLINE_LIMIT - ROOM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup-role-trust.json",
        "execution-role-policy.json",
        "execution-role-trust.json",
        "log-reader-policy.json",
        "infrastructure-role-trust.json",
        "operator-adoption-policy.json",
        "operator-trust-irsa.json",
        "operator-trust-pod-identity.json",
        "other-account-policy.json"
      })
  void theOtherDocumentsOfTheInstallationSayWhatTheyAllow(String file) {
    assertThat(IamPolicy.of(file).statements())
        .isNotEmpty()
        .allSatisfy(statement -> assertThat(statement.actions()).isNotEmpty());
  }
}
