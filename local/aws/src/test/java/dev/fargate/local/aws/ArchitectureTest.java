package dev.fargate.local.aws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shape of this module. */
@AnalyzeClasses(
    packages = "dev.fargate.local.aws",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String OWN = "dev.fargate.local.aws";

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching(OWN + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("a service that needs its user cannot be read or tried alone");

  @ArchTest
  static final ArchRule onlyTheCompositionKnowsAllServices =
      noClasses()
          .that()
          .resideOutsideOfPackage(OWN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OWN)
          .because("a service gets what it needs when it is made");

  @ArchTest
  static final ArchRule nothingOfOursIsImported =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              "dev.fargate.operator..", "dev.fargate.crds..", "dev.fargate.local.kube..")
          .because(
              "an AWS that knew our operator would let pass what the real one refuses; it sees only"
                  + " what goes over the wire");

  @ArchTest
  static final ArchRule servicesUseNoAwsSdk =
      noClasses()
          .that()
          .resideOutsideOfPackages(OWN, OWN + ".server")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon.awssdk..")
          .because("the SDK is the client under test; only its HTTP transport interface is served");

  @ArchTest
  static final ArchRule timeComesFromTheScheduler =
      noClasses()
          .that()
          .resideInAnyPackage(
              OWN + ".autoscaling..",
              OWN + ".call..",
              OWN + ".cloudmap..",
              OWN + ".ec2..",
              OWN + ".ecs..",
              OWN + ".elb..",
              OWN + ".logs..",
              OWN + ".metrics..",
              OWN + ".parameters..",
              OWN + ".secrets..",
              OWN + ".sts..",
              OWN + ".tasks.scripted..",
              OWN + ".wire..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callConstructor(java.util.Random.class)
          .because("a run in virtual time is the same every time");
}
