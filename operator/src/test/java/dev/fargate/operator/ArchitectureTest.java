package dev.fargate.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Clock;
import java.time.Instant;

/** Holds the package table of the design: who may know whom, and why. */
@AnalyzeClasses(
    packages = "dev.fargate.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "dev.fargate.operator.";
  private static final String[] PURE = {BASE + "validate..", BASE + "stack..", BASE + "plan.."};

  /** The API types extend fabric8's CustomResource and hold its ObjectMeta; nothing else of it. */
  private static final DescribedPredicate<JavaClass> JAVA_AND_API_TYPES =
      resideInAnyPackage("java..", "dev.fargate.api..", "io.fabric8.kubernetes.api.model..")
          .or(type(CustomResource.class))
          .or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))
          .or(DescribedPredicate.describe("arrays", JavaClass::isArray))
          .as("java.* and the API types");

  @ArchTest
  static final ArchRule PURE_PACKAGES_KNOW_ONLY_EACH_OTHER =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat(JAVA_AND_API_TYPES.or(resideInAnyPackage(PURE)))
          .allowEmptyShould(true)
          .because(
              "what is wanted and what is to be done are values: a plan can be made, tested and"
                  + " printed with no cluster, no AWS, no log and no clock but a given one");

  @ArchTest
  static final ArchRule PURE_PACKAGES_ASK_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("the same input gives the same plan");

  @ArchTest
  static final ArchRule APPLY_KNOWS_STACK_AND_PLAN =
      classes()
          .that()
          .resideInAPackage(BASE + "apply..")
          .should()
          .onlyDependOnClassesThat(
              JAVA_AND_API_TYPES.or(
                  resideInAnyPackage(BASE + "apply..", BASE + "stack..", BASE + "plan..")))
          .because("the executor carries plans out whatever the cloud behind the runners is");

  @ArchTest
  static final ArchRule STATUS_IS_PURE_BUT_FOR_ITS_WRITER =
      noClasses()
          .that()
          .resideInAPackage(BASE + "status..")
          .and()
          .haveSimpleNameNotEndingWith("Writer")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.fabric8.kubernetes.client..", "org.slf4j..", BASE + "aws..")
                  .and(DescribedPredicate.not(type(CustomResource.class))))
          .because("conditions are computed from what a pass saw, and written in one place");

  @ArchTest
  static final ArchRule ONLY_AWS_KNOWS_THE_SDK_OF_AWS =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + "aws..")
          .should()
          .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.."))
          .because(
              "only what goes through aws is classified, counted and held back by the request"
                  + " buckets, and only there secrets can be seen");

  @ArchTest
  static final ArchRule FLOW_RUNS_WITHOUT_THE_OPERATOR_SDK =
      noClasses()
          .that()
          .resideInAPackage(BASE + "flow..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.javaoperatorsdk..",
                  "io.fabric8.kubernetes.client.informers..",
                  BASE + "aws..",
                  BASE + "reconcile..",
                  BASE + "ops..",
                  BASE + "cli.."))
          .allowEmptyShould(true)
          .because("the straight line is driven in tests single-threaded and in virtual time");

  @ArchTest
  static final ArchRule ONLY_THE_SHELL_KNOWS_THE_OPERATOR_SDK =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + "reconcile..", BASE + "ops..", BASE + "cli..")
          .should()
          .dependOnClassesThat(resideInAPackage("io.javaoperatorsdk.."))
          .because("the reconcilers only translate; what they run can run without them");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_SHELL =
      noClasses()
          .that()
          .resideInAnyPackage(
              BASE + "validate..",
              BASE + "stack..",
              BASE + "plan..",
              BASE + "apply..",
              BASE + "status..",
              BASE + "flow..",
              BASE + "aws..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(BASE + "reconcile..", BASE + "cli.."))
          .because("the shell wires the rest together and is replaced by tests and the quickstart");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.fargate.operator.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package can then be read, tested and changed without the ones above it");

  @ArchTest
  static final ArchRule NO_DRAWERS_FOR_ODDS_AND_ENDS =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..impl..", "..helper..", "..helpers..")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .because("a name says what a thing is; these names say that nobody knew");
}
