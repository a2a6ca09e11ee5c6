package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.CircuitBreaker;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.environment.NamespaceAccess;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason is reached through the whole line: a reason that nothing leads to says nothing. */
class EveryReasonTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(40);

  /** What leads to it, after which it appears in a condition or an Event. */
  private static final Map<Reason, Consumer<Faults>> WAYS = ways();

  private static Map<Reason, Consumer<Faults>> ways() {
    Map<Reason, Consumer<Faults>> ways = new EnumMap<>(Reason.class);
    Consumer<Faults> applied =
        faults -> {
          faults.environment();
          faults.apply();
        };
    for (Reason reason :
        List.of(
            Reason.AVAILABLE,
            Reason.ROLLING_OUT,
            Reason.CREATING,
            Reason.RESOLVED,
            Reason.SYNCED,
            Reason.PLAN_PENDING,
            Reason.HEALTHY,
            Reason.UNHEALTHY_TARGETS)) {
      ways.put(reason, applied);
    }
    alarms(ways);
    backups(ways);
    restores(ways);
    prerequisites(ways);
    stops(ways);
    failures(ways);
    ways.put(Reason.NOT_OBSERVED, faults -> fault(faults, "*", "InternalFailure", applied));
    ways.put(
        Reason.ACCESS_DENIED,
        faults -> fault(faults, "ecs:RegisterTaskDefinition", "AccessDeniedException", applied));
    ways.put(
        Reason.INVALID_REQUEST,
        faults ->
            fault(
                faults,
                "elasticloadbalancing:CreateTargetGroup",
                "InvalidConfigurationRequest",
                applied));
    ways.put(
        Reason.QUOTA_EXCEEDED,
        faults ->
            fault(
                faults, "elasticloadbalancing:CreateTargetGroup", "TooManyTargetGroups", applied));
    ways.put(
        Reason.AWS_UNAVAILABLE,
        faults -> fault(faults, "ecs:RegisterTaskDefinition", "ServerException", applied));
    ways.put(
        Reason.SCALED_TO_ZERO,
        faults -> {
          faults.app.getSpec().suspend = true;
          applied.accept(faults);
        });
    ways.put(
        Reason.REGISTERED,
        faults -> {
          faults.app.getSpec().privateDns = new PrivateDns();
          faults.app.getSpec().privateDns.name = "web";
          applied.accept(faults);
        });
    ways.put(
        Reason.SCALING,
        faults -> {
          faults.app.getSpec().autoscaling = new Autoscaling();
          faults.app.getSpec().autoscaling.maxReplicas = 3;
          faults.app.getSpec().autoscaling.cpuPercent = 50;
          applied.accept(faults);
        });
    ways.put(
        Reason.PAUSED,
        faults -> {
          faults.app.getSpec().mode = Mode.PAUSED;
          applied.accept(faults);
        });
    ways.put(
        Reason.PLAN_CHANGED,
        faults -> {
          faults.app.getSpec().approvedPlan = "0123456789abcdef";
          applied.accept(faults);
        });
    return ways;
  }

  /** What a person has to do something about, or has done. */
  private static void stops(Map<Reason, Consumer<Faults>> ways) {
    ways.put(Reason.ENVIRONMENT_MISSING, Faults::apply);
    ways.put(
        Reason.ENVIRONMENT_NOT_READY,
        faults -> {
          faults.world.apply(faults.environment);
          faults.apply();
        });
    ways.put(
        Reason.ACCESS_NOT_ALLOWED,
        faults -> {
          faults.environment.getSpec().access.namespaces = new NamespaceAccess();
          faults.environment.getSpec().access.namespaces.from = "Names";
          faults.environment.getSpec().access.namespaces.names = List.of("others");
          applied(faults);
        });
    ways.put(
        Reason.INVALID_SPEC,
        faults -> {
          faults.app.getSpec().memoryMiB = 513;
          applied(faults);
        });
    ways.put(
        Reason.REFERENCE_MISSING,
        faults -> {
          faults.secretOf("TOKEN", "absent", "token");
          applied(faults);
        });
    ways.put(
        Reason.REFERENCE_UNREADABLE,
        faults -> {
          faults.secretOf("TOKEN", "tokens", "token");
          faults.world.unreadable.add("tokens");
          faults.environment();
          faults.apply();
        });
    ways.put(
        Reason.CONFLICT,
        faults -> {
          settled(faults);
          faults.world.apply(faults.second("late"));
        });
    ways.put(
        Reason.KUBERNETES_DENIED,
        faults -> {
          FargateDatabase database = Faults.read("database.yaml", FargateDatabase.class);
          database.getSpec().connectionSecret = true;
          faults.world.kubernetes.readOnly = true;
          faults.environment();
          faults.world.apply(database);
        });
    ways.put(
        Reason.OBSERVATION_STALE,
        faults -> {
          settled(faults);
          faults.world.aws.faults().on("*").fail("InternalFailure", "down");
        });
    ways.put(
        Reason.DRIFTED,
        faults -> {
          settled(faults);
          var ecs = new ByHand(faults.world.aws).ecs();
          String service = ecs.listServices(r -> r.cluster("phoenix")).serviceArns().get(0);
          ecs.updateService(r -> r.cluster("phoenix").service(service).desiredCount(2));
        });
    ways.put(
        Reason.DELETING,
        faults -> {
          settled(faults);
          faults.world.delete("FargateApp", "web");
        });
    ways.put(
        Reason.IN_USE,
        faults -> {
          settled(faults);
          faults.world.delete("FargateEnvironment", "phoenix");
        });
    ways.put(
        Reason.ADOPTED,
        faults -> {
          new ByHand(faults.world.aws).ecs().createCluster(r -> r.clusterName("phoenix"));
          faults.environment.getSpec().adoption = Adoption.ADOPT;
          faults.environment();
        });
    ways.put(
        Reason.RETAINED,
        faults -> {
          faults.app.getSpec().deletionPolicy = DeletionPolicy.RETAIN;
          settled(faults);
          faults.world.delete("FargateApp", "web");
        });
    ways.put(
        Reason.RELEASED,
        faults -> {
          faults.app.getMetadata().setAnnotations(Map.of("fargate.dev/force-release", "true"));
          settled(faults);
          faults.world.lose("FargateEnvironment", "phoenix");
          faults.world.delete("FargateApp", "web");
        });
  }

  /** What goes wrong in a rollout; each text is tried in {@link FirstCauseTest}. */
  private static void failures(Map<Reason, Consumer<Faults>> ways) {
    ways.put(Reason.IMAGE_PULL_FAILED, pull("CannotPullContainerError: web:1: not found"));
    ways.put(Reason.NO_WAY_OUT, pull("CannotPullContainerError: dial tcp 1.2.3.4: i/o timeout"));
    ways.put(
        Reason.SECRET_UNAVAILABLE,
        pull("ResourceInitializationError: failed to fetch secret x from secrets manager"));
    ways.put(
        Reason.STORAGE_UNREACHABLE,
        pull(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes:"
                + " stderr: mount.nfs4: Connection timed out"));
    ways.put(Reason.CAPACITY_UNAVAILABLE, pull("Capacity is unavailable at this time."));
    ways.put(Reason.TASKS_FAILING, pull("CannotStartContainerError: exec format error"));
    ways.put(
        Reason.ROLE_UNUSABLE,
        faults -> {
          faults.executionRole("arn:aws:iam::123456789012:role/nobody");
          applied(faults);
        });
    ways.put(
        Reason.OUT_OF_MEMORY,
        faults -> {
          faults.script().runsOutOfMemoryAfter(Duration.ofSeconds(5));
          applied(faults);
        });
    Consumer<Faults> exits =
        faults -> {
          faults.script().exitsAfter(Duration.ofSeconds(5), 1);
          applied(faults);
        };
    ways.put(Reason.CONTAINER_EXITED, exits);
    ways.put(Reason.ROLLOUT_FAILED, exits);
    ways.put(
        Reason.ROLLED_BACK,
        faults -> {
          settled(faults);
          faults.world.aws.scriptedTasks().image("web:2").exitsAfter(Duration.ofSeconds(5), 1);
          faults.app.getSpec().image = "web:2";
          faults.apply();
        });
    Consumer<Faults> unhealthyForEver =
        faults -> {
          faults.script().answers(500);
          faults.app.getSpec().rollout = new Rollout();
          faults.app.getSpec().rollout.circuitBreaker = new CircuitBreaker();
          faults.app.getSpec().rollout.circuitBreaker.enabled = false;
          applied(faults);
        };
    ways.put(Reason.HEALTH_CHECK_FAILED, unhealthyForEver);
    ways.put(Reason.PROGRESS_DEADLINE_EXCEEDED, unhealthyForEver);
  }

  private static void applied(Faults faults) {
    faults.environment();
    faults.apply();
  }

  private static void settled(Faults faults) {
    faults.environment();
    faults.applyAndSettle();
  }

  /** One that is quiet, one that nobody can measure without tasks, and one that is raised. */
  private static void alarms(Map<Reason, Consumer<Faults>> ways) {
    ways.put(Reason.QUIET, faults -> applyWithAlarm(faults, 5));
    ways.put(Reason.ALARM_RAISED, faults -> applyWithAlarm(faults, 95));
    ways.put(
        Reason.NOT_MEASURED,
        faults -> {
          faults.app.getSpec().replicas = 0;
          applyWithAlarm(faults, 5);
        });
  }

  /** One that nobody has made yet, and what can become of it. */
  private static void prerequisites(Map<Reason, Consumer<Faults>> ways) {
    ways.put(Reason.NOTHING_MISSING, Faults::environment);
    ways.put(
        Reason.PREREQUISITE_MISSING,
        faults ->
            fault(
                faults,
                "ecs:CreateCluster",
                "AccessDeniedException",
                it -> it.world.apply(it.environment)));
    ways.put(
        Reason.WAY_OUT_UNKNOWN,
        faults -> fault(faults, "ec2:DescribeRouteTables", "InternalError", Faults::environment));
  }

  private static void backups(Map<Reason, Consumer<Faults>> ways) {
    ways.put(Reason.BACKUP_SCHEDULED, Faults::backedUpDatabase);
    ways.put(Reason.BACKED_UP, Faults::backUpNow);
    ways.put(
        Reason.BACKUP_FAILED,
        faults -> {
          faults.world.aws.failBackups("Access denied.");
          faults.backUpNow();
        });
    ways.put(
        Reason.BACKUP_OVERDUE,
        faults -> {
          faults.backedUpDatabase();
          faults.scheduleGone();
          faults.world.aws.clock().advance(Duration.ofHours(30));
        });
    ways.put(
        Reason.BACKUP_ROLE_UNUSABLE,
        faults -> {
          faults.environment.getSpec().defaults.backupRoleArn = null;
          faults.databaseWithBackup();
        });
  }

  private static void restores(Map<Reason, Consumer<Faults>> ways) {
    ways.put(Reason.RESTORING, faults -> faults.restore(true));
    ways.put(Reason.RESTORED, faults -> faults.restore(true));
    ways.put(Reason.RESTORE_FAILED, faults -> faults.restore(false));
    ways.put(
        Reason.RESTORE_REFUSED,
        faults -> {
          faults.backedUpDatabase();
          faults.restore("arn:aws:backup:eu-central-1:123456789012:recovery-point:none");
        });
  }

  private static void applyWithAlarm(Faults faults, double cpu) {
    Alarm alarm = new Alarm();
    alarm.name = "cpu";
    alarm.metric = AlarmMetric.CPU;
    alarm.thresholdPercent = 90;
    alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
    faults.app.getSpec().alarms.clear();
    faults.app.getSpec().alarms.add(alarm);
    faults.script().cpu(cpu);
    faults.environment();
    faults.apply();
  }

  private static Consumer<Faults> pull(String reason) {
    return faults -> {
      faults.script().failsToPull(reason);
      applied(faults);
    };
  }

  private static void fault(
      Faults faults, String operation, String code, Consumer<Faults> otherwise) {
    if (operation.equals("*")) {
      faults.world.aws.faults().on(operation).fail(code, "as told");
      faults.world.apply(faults.environment);
    } else {
      faults.world.aws.faults().on(operation).fail(code, "as told");
      otherwise.accept(faults);
    }
  }

  static Stream<Arguments> everyReason() {
    return Stream.of(Reason.values()).map(reason -> arguments(reason.text(), reason));
  }

  @Test
  void everyReasonHasAWay() {
    assertThat(WAYS.keySet()).containsExactlyInAnyOrder(Reason.values());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyReason")
  void aReasonIsReached(String text, Reason reason) {
    Faults faults = new Faults();
    try (VirtualWorld world = faults.world) {
      Set<String> seen = new HashSet<>();
      world.watch(
          object -> conditions(object).forEach(condition -> seen.add(condition.getReason())));
      WAYS.get(reason).accept(faults);
      world.runUntil(
          text,
          LONG_ENOUGH,
          () ->
              seen.contains(text)
                  || world.events.stream().anyMatch(event -> event.reason().equals(text)));
    }
  }

  private static List<Condition> conditions(Object object) {
    if (object instanceof FargateApp app && app.getStatus() != null) {
      return app.getStatus().conditions;
    } else if (object instanceof FargateDatabase database && database.getStatus() != null) {
      return database.getStatus().conditions;
    } else if (object instanceof FargateEnvironment environment
        && environment.getStatus() != null) {
      return environment.getStatus().conditions;
    }
    return List.of();
  }
}
