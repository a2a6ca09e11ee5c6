package dev.fargate.local.kube.builtin;

import dev.fargate.local.kube.conform.Conformance;
import dev.fargate.local.kube.resource.GroupVersion;
import dev.fargate.local.kube.resource.Names;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.resource.Scope;
import dev.fargate.local.kube.resource.Shape;
import dev.fargate.local.kube.resource.Storage;
import dev.fargate.local.kube.resource.Subresources;
import dev.fargate.local.kube.resource.Subresources.ScalePaths;
import dev.fargate.local.kube.table.Column;
import dev.fargate.local.kube.table.Columns;
import java.util.List;
import java.util.Optional;

/** The one table of built-in kinds: stored, without schema and without controllers. */
public final class BuiltIns {
  private static final String RBAC = "rbac.authorization.k8s.io/v1";
  private static final Subresources DEPLOYMENT =
      new Subresources(true, Optional.of(new ScalePaths(".spec.replicas", ".status.replicas", "")));

  private BuiltIns() {}

  /** Every built-in resource. */
  public static List<ResourceType> types() {
    return List.of(
        cluster(
            "v1",
            Names.of("Namespace", "namespaces", "ns"),
            Subresources.STATUS,
            BuiltInColumns.NAMESPACE),
        namespaced("v1", Names.of("Secret", "secrets"), BuiltInColumns.SECRET),
        namespaced("v1", Names.of("ConfigMap", "configmaps", "cm"), BuiltInColumns.CONFIG_MAP),
        namespaced("v1", Names.of("Event", "events", "ev"), BuiltInColumns.EVENT),
        namespaced("v1", Names.of("ServiceAccount", "serviceaccounts", "sa"), BuiltInColumns.PLAIN),
        namespaced(
            "v1",
            Names.of("Service", "services", "svc").in("all"),
            Subresources.STATUS,
            BuiltInColumns.SERVICE),
        namespaced(
            "v1", Names.of("Pod", "pods", "po").in("all"), Subresources.STATUS, BuiltInColumns.POD),
        events(),
        namespaced("coordination.k8s.io/v1", Names.of("Lease", "leases"), BuiltInColumns.LEASE),
        namespaced(RBAC, Names.of("Role", "roles"), BuiltInColumns.CREATED_AT),
        namespaced(RBAC, Names.of("RoleBinding", "rolebindings"), BuiltInColumns.BINDING),
        cluster(
            RBAC,
            Names.of("ClusterRole", "clusterroles"),
            Subresources.NONE,
            BuiltInColumns.CREATED_AT),
        cluster(
            RBAC,
            Names.of("ClusterRoleBinding", "clusterrolebindings"),
            Subresources.NONE,
            BuiltInColumns.BINDING),
        namespaced(
            "apps/v1",
            Names.of("Deployment", "deployments", "deploy").in("all"),
            DEPLOYMENT,
            BuiltInColumns.DEPLOYMENT),
        namespaced(
            "policy/v1",
            Names.of("PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
            Subresources.STATUS,
            BuiltInColumns.DISRUPTION_BUDGET),
        namespaced(
            "networking.k8s.io/v1",
            Names.of("NetworkPolicy", "networkpolicies", "netpol"),
            BuiltInColumns.NETWORK_POLICY),
        cluster(
            "apiextensions.k8s.io/v1",
            Names.of("CustomResourceDefinition", "customresourcedefinitions", "crd", "crds"),
            Subresources.STATUS,
            BuiltInColumns.CREATED_AT),
        review("SelfSubjectAccessReview", "selfsubjectaccessreviews"),
        review("SelfSubjectRulesReview", "selfsubjectrulesreviews"));
  }

  private static ResourceType namespaced(String version, Names names, List<Column> columns) {
    return namespaced(version, names, Subresources.NONE, columns);
  }

  private static ResourceType namespaced(
      String version, Names names, Subresources subresources, List<Column> columns) {
    return type(
        version, names, Scope.NAMESPACED, new Shape(Conformance.OPEN, subresources, columns));
  }

  private static ResourceType cluster(
      String version, Names names, Subresources subresources, List<Column> columns) {
    return type(version, names, Scope.CLUSTER, new Shape(Conformance.OPEN, subresources, columns));
  }

  private static ResourceType review(String kind, String plural) {
    Shape shape = new Shape(Conformance.OPEN, Subresources.NONE, List.of(Columns.NAME));
    return type("authorization.k8s.io/v1", Names.of(kind, plural), Scope.REVIEW, shape);
  }

  private static ResourceType events() {
    GroupVersion version = GroupVersion.parse("events.k8s.io/v1");
    Shape shape = new Shape(Conformance.OPEN, Subresources.NONE, BuiltInColumns.NEW_EVENT);
    return new ResourceType(
        version,
        Names.of("Event", "events", "ev"),
        Scope.NAMESPACED,
        EventConversion.storage(version),
        shape,
        false);
  }

  private static ResourceType type(String apiVersion, Names names, Scope scope, Shape shape) {
    GroupVersion version = GroupVersion.parse(apiVersion);
    return new ResourceType(
        version, names, scope, Storage.same(version, names.plural()), shape, false);
  }
}
