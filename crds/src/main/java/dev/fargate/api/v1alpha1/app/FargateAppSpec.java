package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the developer wants: one container image, run as a service on AWS Fargate. */
@ApiObject
public class FargateAppSpec {

  public String environment;

  public String mode;

  public String image;

  public String containerName;

  public List<String> command = new ArrayList<>();

  public List<String> args = new ArrayList<>();

  public String user;

  public String workingDirectory;

  public Boolean readOnlyRootFilesystem;

  public Integer stopTimeoutSeconds;

  public Integer cpu;

  public Integer memoryMiB;

  public String architecture;

  public Integer ephemeralStorageGiB;

  public String platformVersion;

  public List<Port> ports = new ArrayList<>();

  public List<EnvVar> env = new ArrayList<>();

  public ContainerHealthCheck healthCheck;

  public Integer replicas;

  public Autoscaling autoscaling;

  public Boolean suspend;

  public List<Ingress> ingresses = new ArrayList<>();

  public PrivateDns privateDns;

  public Network network;

  public Logs logs;

  public Iam iam;

  public Rollout rollout;

  public String restartedAt;

  public Integer revisionHistoryLimit;

  public Map<String, String> tags = new LinkedHashMap<>();

  public String adoption;

  public String deletionPolicy;
}
