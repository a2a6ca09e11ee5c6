package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Amazon ECS for Fargate: clusters, task definitions, services with rolling, blue/green, linear and
 * canary deployments, their tasks and standalone ones. What AWS does beyond that is refused with
 * {@code UnsupportedFeatureException}.
 */
public final class Ecs implements ServiceBehaviour, ServiceCounts {
  /** Any number will do: it makes ids repeatable, not secret. */
  private static final long ID_SEED = 20261121;

  private interface Operation {
    Struct run(Struct in, Caller caller);
  }

  private final Map<String, Operation> operations = new TreeMap<>();
  private final EcsState state = new EcsState();
  private final Deployments deployments;
  private final TaskOperations tasks;
  private final TaskPlacement placement;
  private final RunTask standalone;
  private final ServiceScheduler services;

  /**
   * @param roleExists whether a role ARN can be assumed by ECS
   */
  public Ecs(
      Scheduler scheduler,
      TaskRuntime runtime,
      Timing timing,
      Predicate<String> roleExists,
      Surroundings surroundings) {
    Ids ids = new Ids(ID_SEED);
    TrafficWeights weights = new TrafficWeights(surroundings.targetGroups(), roleExists);
    AlarmWatch alarms = new AlarmWatch(surroundings.alarms(), scheduler);
    deployments = new Deployments(scheduler, ids, weights, alarms);
    TaskLifecycle lifecycle = new TaskLifecycle(scheduler, runtime, timing, surroundings);
    TaskDefinitionOperations taskDefinitions =
        new TaskDefinitionOperations(state, new TaskDefinitionRules(roleExists), scheduler);
    placement = new TaskPlacement(surroundings.network(), scheduler, ids, roleExists);
    ServiceTasks serviceTasks =
        new ServiceTasks(placement, lifecycle, new StartBackoff(scheduler, timing));
    services =
        new ServiceScheduler(
            scheduler,
            new TaskHealth(surroundings.targetGroups(), timing.healthyWithoutCheck()),
            deployments,
            serviceTasks,
            new ShiftingDeployment(serviceTasks, new TrafficShift(scheduler, deployments, weights)),
            alarms);
    ServiceLoop loop = new ServiceLoop(state, services, taskDefinitions, scheduler, timing);
    scheduler.every(timing.tick(), "look at all ECS services", loop::tick);
    offerClusters(new ClusterOperations(state));
    offerTaskDefinitions(taskDefinitions);
    ServiceRules rules = new ServiceRules(state, surroundings);
    offerServices(rules, scheduler, ids);
    standalone = new RunTask(state, rules, placement, lifecycle, scheduler);
    tasks = new TaskOperations(state, lifecycle);
    offerTasks(new TagOperations(state));
  }

  @Override
  public String signingName() {
    return "ecs";
  }

  @Override
  public Set<String> operations() {
    return operations.keySet();
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return operations.get(operation).run(input, caller);
  }

  @Override
  public Optional<Counts> find(String clusterArn, String service) {
    return active(clusterArn, service)
        .map(
            found ->
                new Counts(
                    found.desiredCount,
                    (int)
                        found.tasks().stream()
                            .filter(task -> task.status == TaskStatus.RUNNING)
                            .count(),
                    found.deploying()));
  }

  /**
   * Takes a task of FARGATE_SPOT away; to be called under the scheduler's lock.
   *
   * @throws IllegalArgumentException when there is no such task on Spot
   */
  public void interruptSpot(String taskArn) {
    tasks.interrupt(taskArn);
  }

  /**
   * RunTask launches nothing from now on and answers with a failure, as when Fargate has no
   * capacity; to be called under the scheduler's lock.
   *
   * @param reason in AWS's words; null: it launches again
   */
  public void failRunTask(String reason) {
    standalone.fail(reason);
  }

  /**
   * From now on services start no task and say so in their events only (AWS-FACTS 4.5); to be
   * called under the scheduler's lock.
   *
   * @param reason in AWS's words; null: they start tasks again
   */
  public void failPlacement(String reason) {
    placement.refuse(reason);
  }

  /**
   * From now on a replacement starts while the old task is still stopping, as people have seen it
   * of services with 0/100 (containers-roadmap issue 959); to be called under the scheduler's lock.
   */
  public void startBesideStopping() {
    services.startBesideStopping();
  }

  @Override
  public void setDesiredCount(String clusterArn, String service, int desired) {
    active(clusterArn, service).ifPresent(found -> deployments.scale(found, desired));
  }

  private Optional<Service> active(String clusterArn, String name) {
    return Optional.ofNullable(state.clusters.get(clusterArn)).stream()
        .flatMap(cluster -> cluster.activeServices().stream())
        .filter(service -> service.name.equals(name))
        .findFirst();
  }

  private void offerClusters(ClusterOperations clusters) {
    operations.put("CreateCluster", clusters::create);
    operations.put("DescribeClusters", clusters::describe);
    operations.put("ListClusters", clusters::list);
    operations.put("UpdateCluster", clusters::update);
    operations.put("UpdateClusterSettings", clusters::update);
    operations.put("PutClusterCapacityProviders", clusters::putProviders);
    operations.put("DeleteCluster", clusters::delete);
  }

  private void offerTaskDefinitions(TaskDefinitionOperations definitions) {
    operations.put("RegisterTaskDefinition", definitions::register);
    operations.put("DescribeTaskDefinition", definitions::describe);
    operations.put("ListTaskDefinitions", definitions::list);
    operations.put("ListTaskDefinitionFamilies", definitions::listFamilies);
    operations.put("DeregisterTaskDefinition", definitions::deregister);
    operations.put("DeleteTaskDefinitions", definitions::delete);
  }

  private void offerServices(ServiceRules rules, Scheduler scheduler, Ids ids) {
    ServiceOperations calls = new ServiceOperations(state, rules, deployments, scheduler, ids);
    ServiceReads reads = new ServiceReads(state);
    operations.put("CreateService", calls::create);
    operations.put("UpdateService", new ServiceUpdate(state, rules, deployments)::update);
    operations.put("DeleteService", calls::delete);
    operations.put("DescribeServices", reads::describe);
    operations.put("ListServices", reads::list);
    DeploymentReads history = new DeploymentReads(state);
    operations.put("ListServiceDeployments", history::list);
    operations.put("DescribeServiceDeployments", history::describe);
    operations.put("DescribeServiceRevisions", history::revisions);
    operations.put("StopServiceDeployment", history::stop);
  }

  private void offerTasks(TagOperations tags) {
    operations.put("RunTask", standalone::run);
    operations.put("ListTasks", tasks::list);
    operations.put("DescribeTasks", tasks::describe);
    operations.put("StopTask", tasks::stop);
    operations.put("TagResource", tags::tag);
    operations.put("UntagResource", tags::untag);
    operations.put("ListTagsForResource", tags::list);
  }
}
