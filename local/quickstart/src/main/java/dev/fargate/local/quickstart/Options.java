package dev.fargate.local.quickstart;

import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param sample folder of YAML files
 * @param loadBalancerPort 0 for any free port, likewise the other two
 */
public record Options(Path sample, int loadBalancerPort, int kubernetesPort, int awsPort) {}
