package dev.fargate.operator.iam;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which AWS operations the operator's code can call at all, as its class files say. */
final class AwsOperations {
  private static final String SERVICES = "software.amazon.awssdk.services.";

  /** The SDK's package names, and what IAM calls the services. */
  private static final Map<String, String> IAM_NAMES =
      Map.of(
          "applicationautoscaling", "application-autoscaling",
          "cloudwatchlogs", "logs",
          "efs", "elasticfilesystem",
          "elasticloadbalancingv2", "elasticloadbalancing");

  private AwsOperations() {}

  /** For example {@code ecs:CreateService}. */
  static Set<String> inTheOperatorsCode() {
    JavaClasses classes =
        ArchConfiguration.withThreadLocalScope(
            configuration -> {
              // The names in our class files are enough; reading the SDK's as well takes 20 s.
              configuration.setResolveMissingDependenciesFromClassPath(false);
              return new ClassFileImporter()
                  .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                  .importPackages("dev.fargate.operator");
            });
    Set<String> operations = new TreeSet<>();
    for (JavaClass type : classes) {
      Stream.concat(
              type.getMethodCallsFromSelf().stream().map(call -> call.getTarget()),
              type.getMethodReferencesFromSelf().stream().map(call -> call.getTarget()))
          .filter(AwsOperations::isOperation)
          .map(AwsOperations::action)
          .forEach(operations::add);
    }
    return operations;
  }

  private static boolean isOperation(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    return owner.startsWith(SERVICES)
        && owner.endsWith("Client")
        && owner.split("\\.").length == SERVICES.split("\\.").length + 2
        && !Set.of("builder", "create", "close", "serviceName").contains(target.getName());
  }

  private static String action(CodeUnitAccessTarget target) {
    String service = target.getOwner().getName().substring(SERVICES.length()).split("\\.")[0];
    String method = target.getName().replaceFirst("Paginator$", "");
    return IAM_NAMES.getOrDefault(service, service)
        + ":"
        + Character.toUpperCase(method.charAt(0))
        + method.substring(1);
  }
}
