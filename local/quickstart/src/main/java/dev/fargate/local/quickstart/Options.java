package dev.fargate.local.quickstart;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What the user asked for.
 *
 * @param sample folder of YAML files
 * @param loadBalancerPort empty for the sample's own if it can be had; 0 for any free port,
 *     likewise the other two
 */
public record Options(Path sample, OptionalInt loadBalancerPort, int kubernetesPort, int awsPort) {}
