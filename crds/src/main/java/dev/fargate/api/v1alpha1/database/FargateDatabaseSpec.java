package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the developer wants: one database, run as one task on AWS Fargate. */
@ApiObject
public class FargateDatabaseSpec {

  public String environment;

  public String mode;

  public String engine;

  public String version;

  public String image;

  public String databaseName;

  public Credentials credentials;

  public Storage storage;

  public Integer cpu;

  public Integer memoryMiB;

  public DatabaseDns privateDns;

  public Network network;

  public Logs logs;

  public Iam iam;

  public Map<String, String> tags = new LinkedHashMap<>();

  public String adoption;

  public String deletionPolicy;
}
