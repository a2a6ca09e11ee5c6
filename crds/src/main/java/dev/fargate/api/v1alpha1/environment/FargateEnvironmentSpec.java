package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A place to run: account, region, cluster, network, load balancers, and who may use it. */
@ApiObject
@ValidationRule(
    value = "self.region == oldSelf.region",
    message = "region cannot change: create another environment",
    fieldPath = ".region")
@ValidationRule(
    value = "self.cluster.name == oldSelf.cluster.name",
    message =
        "cluster.name cannot change, because services cannot move between clusters: create another"
            + " environment",
    fieldPath = ".cluster")
@ValidationRule(
    value = "self.network.vpcId == oldSelf.network.vpcId",
    message =
        "network.vpcId cannot change, because nothing in a VPC can move: create another"
            + " environment",
    fieldPath = ".network")
@ValidationRule(
    value =
        "!has(oldSelf.privateDns) || (has(self.privateDns) && self.privateDns.domain =="
            + " oldSelf.privateDns.domain)",
    message =
        "privateDns.domain can neither change nor go, because running tasks use the names: create"
            + " another environment",
    fieldPath = ".privateDns")
public class FargateEnvironmentSpec {

  @Doc(value = "The AWS region.", example = "eu-central-1", edit = Edit.FORBIDDEN)
  @Required
  @Size(min = 1, max = 32)
  @Pattern("^[a-z]{2}(-[a-z]+)+-[0-9]+$")
  public String region;

  @Doc(
      value =
          "The role that the operator assumes for this environment. It may change within the"
              + " account, not to another one.",
      absent = "the operator's own credentials")
  public AssumeRole assumeRole;

  @Doc(
      value =
          "Other addresses of AWS services, for tests and private endpoints. The key is the"
              + " service's endpoint prefix (ecs, elasticloadbalancing, monitoring, ...), or default for"
              + " every service that is not named; one that the operator does not call is refused."
              + " Taken only if the operator is started with leave to.",
      absent = "AWS's public addresses, or AWS_ENDPOINT_URL of the operator",
      example = "{default: 'http://localhost:4566'}",
      edit = Edit.OPERATOR_ONLY)
  @Size(max = 20)
  public Map<String, @Size(max = 512) @Pattern("^https?://[^ ]+$") String> endpointOverrides =
      new LinkedHashMap<>();

  @Doc(value = "The ECS cluster.", aws = "Cluster")
  @Required
  public Cluster cluster;

  @Doc(value = "The VPC, and where tasks stand unless an app says otherwise.")
  @Required
  public EnvironmentNetwork network;

  @Doc(
      value = "The Cloud Map private DNS namespace. Databases, and apps with privateDns, need it.",
      absent = "none")
  public DnsNamespace privateDns;

  @Doc(
      value = "Load balancers that the apps of the environment share.",
      aws = "LoadBalancer, Listener")
  @Size(max = 5)
  @Items(Items.Kind.MAP)
  public List<LoadBalancer> loadBalancers = new ArrayList<>();

  @Doc(
      value =
          "Public hosted zones of Route 53. The hosts of ingresses that lie inside of one get alias"
              + " records to their load balancer there, unless the ingress says dns: None.",
      absent = "none: the operator makes no public names, and asks Route 53 nothing",
      example = "[{domain: example.com, hostedZoneId: Z00000000EXAMPLECOM}]",
      aws = "HostedZone")
  @Size(max = 10)
  @Items(value = Items.Kind.MAP, key = "domain")
  public List<PublicZone> publicZones = new ArrayList<>();

  @Doc(
      value =
          "Log groups that apps and databases share by logs.group. One that leaves the list is"
              + " deleted, with its lines, once no app or database names it any more.",
      example = "[{name: web, retentionDays: 7}]",
      aws = "LogGroup",
      edit = Edit.IN_PLACE)
  @Size(max = 20)
  @Items(Items.Kind.MAP)
  public List<SharedLogGroup> logGroups = new ArrayList<>();

  @Doc(value = "What apps and databases of this environment get when they say nothing.")
  public Defaults defaults;

  @Doc(
      value =
          "Who may use the environment, and how far. What is not allowed here stalls with reason"
              + " AccessNotAllowed and changes nothing in AWS; what runs already goes on running.",
      absent =
          "apps and databases of all namespaces, with no roles but the defaults, no hosts, images,"
              + " names, secrets or networks of their own choice")
  public Access access;

  @Doc(
      value =
          "What becomes of a thing in AWS that has the name of one to be created, such as a cluster"
              + " of the name in cluster.name, and is not the operator's. Never: reason Conflict."
              + " IfTagged: it is taken over if its tag fargate.dev/adopt reads"
              + " FargateEnvironment/NAME of this object. Adopt: it is taken over by its name, at"
              + " once; the plan command with --live shows what that changes before. Taking over"
              + " puts the operator's tags on it; then it is changed to what the spec says, and"
              + " deletionPolicy holds for it, too. What another object or installation owns, or"
              + " CloudFormation, ECS or another controller manages, is always a conflict, and so is"
              + " what would have to be replaced.",
      edit = Edit.OPERATOR_ONLY)
  @Values({Adoption.NEVER, Adoption.IF_TAGGED, Adoption.ADOPT})
  @Default(Adoption.NEVER)
  public String adoption;

  @Doc(
      value =
          "Delete removes what the operator created for the environment; Retain leaves it. What it"
              + " only refers to is never touched. Deleting waits until no app or database uses the"
              + " environment.",
      edit = Edit.OPERATOR_ONLY)
  @Values({DeletionPolicy.DELETE, DeletionPolicy.RETAIN})
  @Default(DeletionPolicy.RETAIN)
  public String deletionPolicy;
}
