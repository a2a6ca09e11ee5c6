package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.database.EfsStorage;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Phoenix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stack and its parts say of themselves. */
class StackPartsTest {
  private static final Owner OWNER = new Owner("acme", "FargateApp", "default", "web");

  // Rules

  private static ListenerRule rule(
      String listener, Set<String> hosts, Set<String> paths, String... cidrs) {
    return new ListenerRule(
        Ids.placedRule("web", 80),
        Value.known(listener),
        null,
        null,
        new TreeSet<>(hosts),
        new TreeSet<>(paths),
        new TreeSet<>(Set.of(cidrs)),
        List.of(new ListenerRule.Forward(Value.known("arn:tg"), 1)));
  }

  private static final ListenerRule SHOP = rule("l", Set.of("a.org", "b.org"), Set.of("/x", "/y"));

  @Test
  void twoRulesShareWhatBothNameOnOneListenerWhoeverTheClientsAre() {
    assertThat(SHOP.sharesWith(rule("l", Set.of("b.org"), Set.of("/y"), "10.0.0.0/8"))).isTrue();
    assertThat(SHOP.sharesWith(rule("l", Set.of("c.org"), Set.of("/y")))).isFalse();
    assertThat(SHOP.sharesWith(rule("l", Set.of("b.org"), Set.of("/z")))).isFalse();
    assertThat(SHOP.sharesWith(rule("other", Set.of("b.org"), Set.of("/y")))).isFalse();
  }

  @Test
  void aRuleWithoutHostsSharesOnlyWithAnotherOne() {
    ListenerRule any = rule("l", Set.of(), Set.of("/x"));
    assertThat(any.sharesWith(rule("l", Set.of(), Set.of("/x")))).isTrue();
    assertThat(any.sharesWith(SHOP)).as("the other is more precise").isFalse();
    assertThat(SHOP.sharesWith(any)).isFalse();
  }

  @Test
  void twoRulesTakeTheSameRequestsOnlyWhereAllIsTheSame() {
    assertThat(SHOP.takesTheSameAs(rule("l", Set.of("b.org", "a.org"), Set.of("/y", "/x"))))
        .isTrue();
    assertThat(SHOP.takesTheSameAs(rule("other", Set.of("a.org", "b.org"), Set.of("/x", "/y"))))
        .isFalse();
    assertThat(SHOP.takesTheSameAs(rule("l", Set.of("a.org"), Set.of("/x", "/y")))).isFalse();
    assertThat(SHOP.takesTheSameAs(rule("l", Set.of("a.org", "b.org"), Set.of("/x")))).isFalse();
    assertThat(
            SHOP.takesTheSameAs(
                rule("l", Set.of("a.org", "b.org"), Set.of("/x", "/y"), "10.0.0.0/8")))
        .isFalse();
  }

  @Test
  void aParkedRuleTakesNoRequestAndKeepsItsTargetGroups() {
    ListenerRule parked = SHOP.parked();
    assertThat(SHOP.isParked()).isFalse();
    assertThat(parked.isParked()).isTrue();
    assertThat(parked.sharesWith(SHOP)).isFalse();
    assertThat(parked.forwards()).isEqualTo(SHOP.forwards());
  }

  @Test
  void aRuleIsCalledByItsHostsAndPaths() {
    assertThat(SHOP.physicalName()).isEqualTo("a.org,b.org/x,/y");
    assertThat(rule("l", Set.of(), Set.of()).physicalName()).isEqualTo("*/*");
  }

  @ParameterizedTest
  @CsvSource({
    "a.org, /abc, exact-4",
    "*.org, /abc/*, wildcard-5",
    "a?.org, /a?c, wildcard-3",
    "a.org, /*, exact-1"
  })
  void aRuleIsAsPreciseAsItsHostAndTheLettersOfItsPath(String host, String path, String precise) {
    assertThat(RulePrecision.of(List.of(host), List.of(path))).hasToString(precise);
  }

  @Test
  void theLeastPreciseOfItsValuesCounts() {
    assertThat(RulePrecision.of(List.of("a.org", "*.org"), List.of("/abc", "/a")))
        .hasToString("wildcard-2");
    assertThat(RulePrecision.of(List.of(), List.of())).hasToString("any-0");
    assertThat(RulePrecision.literals("/" + "a".repeat(200))).isEqualTo(128);
  }

  // Stacks

  private static LogGroup logs(String name, int days) {
    return new LogGroup(new ResourceId(Kind.LOG_GROUP, name), name, days, false);
  }

  @Test
  void theDigestOfAStackChangesWithAnythingButOrder() {
    List<Resource> resources = new ArrayList<>(List.of(logs("a", 7), logs("b", 7)));
    Stack stack = new Stack(OWNER, new TreeMap<>(Map.of("team", "x")), resources);
    Collections.reverse(resources);
    assertThat(new Stack(OWNER, stack.tags(), resources).digest())
        .isEqualTo(stack.digest())
        .matches("[0-9a-f]{16}");
    assertThat(new Stack(OWNER, new TreeMap<>(), resources).digest()).isNotEqualTo(stack.digest());
    assertThat(new Stack(OWNER, stack.tags(), List.of(logs("a", 7), logs("b", 8))).digest())
        .isNotEqualTo(stack.digest());
  }

  @Test
  void aResourceIsFoundByItsId() {
    Stack stack = new Stack(OWNER, new TreeMap<>(), List.of(logs("a", 7), logs("b", 7)));
    assertThat(stack.find(new ResourceId(Kind.LOG_GROUP, "b"))).contains(logs("b", 7));
    assertThat(stack.find(new ResourceId(Kind.LOG_GROUP, "c"))).isEmpty();
    assertThat(Stack.empty(OWNER).resources()).isEmpty();
    assertThat(Stack.empty(OWNER).owner()).isEqualTo(OWNER);
  }

  // Owners

  @Test
  void anOwnerIsReadFromItsReference() {
    Owner environment = new Owner("acme", "FargateEnvironment", "", "phoenix");
    for (Owner owner : List.of(OWNER, environment)) {
      assertThat(Owner.parse("acme", owner.reference())).isEqualTo(owner);
      assertThat(owner.isNamed(owner.reference())).isTrue();
    }
    assertThat(OWNER.isNamed("FargateApp/other/web")).isFalse();
    assertThat(OWNER.isNamed("FargateApp/default/web2")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "", "FargateApp/default/web/more"})
  void anythingElseIsNoReference(String text) {
    assertThatThrownBy(() -> Owner.parse("acme", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not kind/namespace/name");
  }

  // Backups

  @ParameterizedTest
  @CsvSource({
    "CREATED, true, false",
    "PENDING, true, false",
    "RUNNING, true, false",
    "ABORTING, true, false",
    "COMPLETED, false, true",
    "PARTIAL, false, false",
    "ABORTED, false, false",
    "FAILED, false, false",
    "EXPIRED, false, false"
  })
  void aBackupIsGoodOnlyWhenItIsWhole(String state, boolean open, boolean good) {
    BackupVault.Job job = new BackupVault.Job(state, "2026-11-21T03:00:00Z", null);
    assertThat(job.isOpen()).isEqualTo(open);
    assertThat(job.isGood()).isEqualTo(good);
  }

  @Test
  void aVaultThatHasMetItsRequestRemembersWhichAndNoMore() {
    BackupVault wanted =
        new BackupVault(
            Ids.BACKUP_VAULT,
            "v",
            new BackupVault.Request("now", Value.known("arn:fs"), "arn:role", 7),
            null);
    BackupVault before = wanted.asMade();
    assertThat(before.request()).isNull();
    assertThat(wanted.asAsked(before).request())
        .isEqualTo(new BackupVault.Request("now", null, null, 0));
    assertThat(before.asAsked(wanted.asAsked(before)).request().token())
        .as("nothing new was asked for")
        .isEqualTo("now");
  }

  /** The token goes into a tag and into AWS Backup's own. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, -", "' ', -", "2026-11-21T10-00, 2026-11-21T10-00", "so that is: é, sha256"})
  void aBackupThatIsAskedForHasTheAnnotationForAToken(String annotation, String token) {
    FargateDatabase database = Phoenix.database();
    database.getMetadata().setAnnotations(new TreeMap<>());
    if (annotation != null) {
      database.getMetadata().getAnnotations().put(Annotations.BACKUP, annotation);
    }
    database.getSpec().storage.ephemeral = null;
    database.getSpec().storage.efs = new EfsStorage();
    database.getSpec().backup = new Backup();
    database.getSpec().backup.schedule = "0 3 * * *";
    database.getSpec().backup.roleArn = "arn:aws:iam::123456789012:role/backup";
    BackupVault vault =
        (BackupVault)
            DatabaseStack.build(
                    Phoenix.DATABASE,
                    database,
                    Phoenix.place(),
                    Map.of(),
                    new TreeMap<>(Map.of("eu-central-1a", "subnet-1")),
                    null)
                .find(Ids.BACKUP_VAULT)
                .orElseThrow();
    String asked = vault.request() == null ? null : vault.request().token();
    assertThat(asked).isEqualTo("sha256".equals(token) ? Names.sha256(annotation) : token);
  }

  // Restores

  @Test
  void anAccessPointThatHasJustBeenMadeBringsNothingBack() {
    Restore.Progress progress =
        new Restore.Progress(Restore.Stage.MOVING, "t", "j", null, "/d", null, List.of());
    AccessPoint point =
        new AccessPoint(
            Ids.ACCESS_POINT,
            "p",
            Value.known("fs-1"),
            "/d",
            999,
            999,
            "0700",
            new Restore(null, progress, null));
    assertThat(point.progress()).isEqualTo(progress);
    assertThat(point.asMade().progress()).isNull();
    assertThat(point.asMade().path()).isEqualTo("/d");
    assertThat(progress.isOver()).isFalse();
    assertThat(progress.at(Restore.Stage.DONE, "0").isOver()).isTrue();
    assertThat(progress.at(Restore.Stage.FAILED, "65").isOver()).isTrue();
    assertThat(progress.isOf(new Restore.Wish("t", "arn:p", "/d", "arn:r", null))).isTrue();
    assertThat(progress.isOf(new Restore.Wish("u", "arn:p", "/d", "arn:r", null))).isFalse();
    assertThat(progress.isOf(null)).isFalse();
  }

  // References

  @Test
  void whatWasNeverKnownCanBeForgotten() {
    assertThat(Resolution.none().without(Ids.SERVICE, Output.ARN).get(Ids.SERVICE, Output.ARN))
        .isEmpty();
  }
}
