package dev.fargate.operator.campaign;

/**
 * One fault at one place of one workload.
 *
 * @param site {@code ecs:CreateService#1}, {@code kube:patch-fargateapps-status#2}, {@code
 *     watch:FargateApp#3}: the n-th of its name, counted from the workload's first step
 */
record Plan(String workload, String site, FaultKind fault) {
  /** From a replay line. */
  static Plan parse(String text) {
    String[] parts = text.split("/");
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not workload/site/fault, e.g. create/ecs:CreateService#1/killed-before");
    }
    return new Plan(parts[0], parts[1], FaultKind.of(parts[2]));
  }

  /** What is called, without its number. */
  String call() {
    return site.substring(0, site.indexOf('#'));
  }

  /** Whether it happens at every call of a run, or all the time. */
  boolean isEverywhere() {
    return Site.isAlways(call());
  }

  @Override
  public String toString() {
    return workload + "/" + site + "/" + fault.text();
  }
}
