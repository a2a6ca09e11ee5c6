package dev.fargate.operator.campaign;

/**
 * A call or an event of a workload's undisturbed run: a place where a fault may be put.
 *
 * @param name {@code ecs:CreateService#1}, {@code kube:patch-fargateapps-status#2}, {@code
 *     watch:FargateApp#3}: the n-th of its name, counted from the workload's first step
 * @param news a read: its answer is another one than the last time the same was asked
 * @param state how many writes, and how many news, there were before it
 * @param question a read of AWS: what is asked for; else empty
 * @param items a read of AWS: how many things its answer lists
 */
record Site(String name, boolean news, int state, String question, int items) {
  /** The place of what goes on all the time, or happens at every call to AWS. */
  static final String ALWAYS = "always";

  /** The place of what happens at every request to Kubernetes. */
  static final String ALWAYS_KUBERNETES = "always-kubernetes";

  /** What is called, without its number. */
  String call() {
    return name.substring(0, name.indexOf('#'));
  }

  boolean isEvent() {
    return name.startsWith("watch:");
  }

  /** What goes on all the time, or at every call. */
  boolean isAlways() {
    return isAlways(call());
  }

  /** Whether a place of this name is no single one. */
  static boolean isAlways(String call) {
    return call.equals(ALWAYS) || call.equals(ALWAYS_KUBERNETES);
  }

  boolean isKubernetes() {
    return name.startsWith("kube:");
  }

  boolean isWrite() {
    return isWrite(call());
  }

  /** Whether a call of this name changes something. */
  static boolean isWrite(String call) {
    return call.startsWith("kube:")
        ? !call.startsWith("kube:get")
        : !isAlways(call) && !call.matches("watch:.*|[a-z0-9-]+:(Describe|List|Get).*");
  }
}
