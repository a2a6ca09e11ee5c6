package dev.fargate.local.kube;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shape of this module. */
@AnalyzeClasses(
    packages = "dev.fargate.local.kube",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("dev.fargate.local.kube.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package that needs its user cannot be read or tried alone");

  @ArchTest
  static final ArchRule nothingOfOursIsImported =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.sun.net.httpserver..",
              "com.fasterxml.jackson..",
              "com.google..",
              "dev.cel..",
              "org.slf4j..",
              "dev.fargate.local.kube..")
          .because(
              "a Kubernetes API that knew our kinds would let pass what a real one refuses:"
                  + " definitions come in as YAML only");

  @ArchTest
  static final ArchRule onlyTheHttpFrontKnowsSockets =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.fargate.local.kube", "dev.fargate.local.kube.http")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.sun.net.httpserver..", "java.net.http..")
          .because("tests in virtual time call the API in their own thread, without a socket");
}
