package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.LocalReference;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A FargateDatabase as a stack: one task behind one private name, stop-then-start, credentials made
 * once. Needs a valid spec and a place with private DNS.
 */
public final class DatabaseStack {
  /** 32 of 62 characters: 190 bits. */
  private static final int PASSWORD_LENGTH = 32;

  /** Where the database listens. */
  public static final int PORT = MongoEngine.PORT;

  /** Where the spec names no cpu. */
  public static final int CPU = MongoEngine.CPU;

  /** Where the spec names no memory. */
  public static final int MEMORY_MIB = MongoEngine.MEMORY_MIB;

  private static final String GENERATED_USERNAME = "root";

  private DatabaseStack() {}

  /**
   * @param members security group ids of the apps named by {@code network.allowFrom}, by name
   * @param subnetByZone of each zone of the place one subnet; empty where nothing is mounted
   * @param refusal why the recovery point of {@code restore} must not be brought back; null where
   *     it may, or none is asked for
   */
  public static Stack build(
      Owner owner,
      FargateDatabase database,
      Place place,
      Map<String, String> members,
      SortedMap<String, String> subnetByZone,
      String refusal) {
    FargateDatabaseSpec spec = database.getSpec();
    MongoEngine engine = MongoEngine.of(spec);
    List<Resource> resources = new ArrayList<>();
    resources.add(AppSecurityGroups.group(owner, place.vpcId()));
    if (spec.network != null) {
      for (LocalReference member : spec.network.allowFrom) {
        resources.add(
            AppSecurityGroups.rule(
                "app-" + member.name,
                Value.ref(Ids.TASK_GROUP, Output.ID),
                "tcp",
                MongoEngine.PORT,
                Value.known(members.get(member.name))));
      }
    }
    resources.addAll(LogGroups.own(owner, spec.logs, place.defaults()));
    resources.add(credentials(owner, spec, host(spec, place), engine));
    if (DatabaseStorage.isDurable(spec)) {
      resources.addAll(
          DatabaseStorage.build(
              owner,
              spec.storage.efs,
              place.vpcId(),
              subnetByZone,
              restore(owner, database, place, engine, refusal)));
    }
    if (spec.backup != null) {
      resources.addAll(
          DatabaseBackup.build(
              owner, database, place.defaults(), DatabaseStorage.directory(owner)));
    }
    resources.add(AppDiscovery.service(spec.privateDns.name, spec.privateDns.ttlSeconds, place));
    resources.add(taskDefinition(owner, spec, place, engine));
    resources.add(service(owner, spec, place));
    resources.addAll(Alarms.build(owner, spec.alarms, place, List.of()));
    return new Stack(owner, AppStack.tags(spec.tags, place), resources);
  }

  /** Nothing is brought back into a file system that others own: it is not only this database's. */
  private static Restore restore(
      Owner owner, FargateDatabase database, Place place, MongoEngine engine, String refusal) {
    FargateDatabaseSpec spec = database.getSpec();
    return spec.storage.efs.fileSystemId != null
        ? null
        : new Restore(
            DatabaseRestore.wish(owner, database, place.defaults(), refusal),
            null,
            DatabaseRestore.mover(owner, spec, place, engine));
  }

  /** The one name by which the database is reached. */
  public static String host(FargateDatabaseSpec spec, Place place) {
    return spec.privateDns.name + "." + place.privateDomain();
  }

  /** The image that runs: the given one, or the engine's for the version. */
  public static String image(FargateDatabaseSpec spec) {
    return MongoEngine.of(spec).image();
  }

  private static Secret credentials(
      Owner owner, FargateDatabaseSpec spec, String host, MongoEngine engine) {
    SortedMap<String, Secret.Source> sources = new TreeMap<>();
    if (spec.credentials != null && spec.credentials.secretRef != null) {
      String name = spec.credentials.secretRef.name;
      sources.put("username", new Secret.Source.KubernetesSecret(name, "username"));
      sources.put("password", new Secret.Source.KubernetesSecret(name, "password"));
    } else {
      sources.put("username", new Secret.Source.Plain(GENERATED_USERNAME));
      sources.put("password", new Secret.Source.Generated(PASSWORD_LENGTH));
    }
    sources.put("connectionString", new Secret.Source.Template(engine.connectionString(host)));
    return new Secret(
        Ids.CREDENTIALS, Names.secret(owner, "credentials"), sources, Secret.Content.SAME);
  }

  private static TaskDefinition taskDefinition(
      Owner owner, FargateDatabaseSpec spec, Place place, MongoEngine engine) {
    Roles roles = Roles.of(spec.iam, place.defaults());
    SortedMap<String, Value> secrets = new TreeMap<>();
    engine
        .credentialVariables()
        .forEach(
            (variable, key) ->
                secrets.put(
                    variable,
                    Value.joined(
                        Value.ref(Ids.CREDENTIALS, Output.ARN), Value.known(":" + key + "::"))));
    return new TaskDefinition(
        Ids.TASK_DEFINITION,
        Names.readable(owner, Ids.TASK_DEFINITION),
        or(spec.cpu, CPU),
        or(spec.memoryMiB, MEMORY_MIB),
        Roles.architecture(null, place.defaults()),
        null,
        roles.executionRoleArn(),
        roles.taskRoleArn(),
        List.of(engine.container(secrets, LogGroups.driver(owner, spec.logs, place))),
        engine.volumes());
  }

  private static Service service(Owner owner, FargateDatabaseSpec spec, Place place) {
    return new Service(
        Ids.SERVICE,
        Names.readable(owner, Ids.SERVICE),
        Value.known(place.clusterArn()),
        Value.ref(Ids.TASK_DEFINITION, Output.ARN),
        new Service.Count(1, true),
        // Never Spot: its one task holds the data.
        List.of(),
        TaskNetwork.of(spec.network, place),
        List.of(),
        List.of(Value.ref(Ids.DISCOVERY, Output.ARN)),
        AppService.STOP_THEN_START,
        0,
        "LATEST",
        "SERVICE",
        null);
  }
}
