package dev.fargate.operator.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code fargate-operator run}. */
@Command(
    name = "fargate-operator",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs containers on AWS Fargate from Kubernetes.",
    subcommands = {Run.class})
public final class FargateOperator {
  private FargateOperator() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new FargateOperator()).execute(args));
  }
}
