package dev.fargate.operator.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code run}, {@code plan} and {@code logs}. */
@Command(
    name = "fargate-operator",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs containers on AWS Fargate from Kubernetes.",
    subcommands = {Run.class, PlanCommand.class, LogsCommand.class})
public final class FargateOperator {
  /** Their output is all they are for, so errors are one line and nothing else is printed. */
  private static final Set<String> FOR_TOOLS = Set.of("plan", "logs");

  private FargateOperator() {}

  public static void main(String[] args) {
    if (args.length > 0 && FOR_TOOLS.contains(args[0])) {
      // Its output is for tools, too; logback reads this when the first logger is made.
      System.setProperty("FARGATE_LOG_TARGET", "System.err");
      System.setProperty("FARGATE_LOG_LEVEL", "ERROR");
      System.setProperty("FARGATE_LIBRARY_LOG_LEVEL", "ERROR");
    }
    System.exit(commandLine().execute(args));
  }

  /** All commands. */
  static CommandLine commandLine() {
    CommandLine all = new CommandLine(new FargateOperator());
    all.setParameterExceptionHandler(
        (error, args) -> {
          CommandLine command = error.getCommandLine();
          command.getErr().println("error: " + error.getMessage());
          command.usage(command.getErr());
          // For whoever calls plan, 2 means that there are changes.
          return command.getCommandName().equals("plan")
              ? CommandLine.ExitCode.SOFTWARE
              : CommandLine.ExitCode.USAGE;
        });
    all.setExecutionExceptionHandler(
        (error, command, args) -> {
          if (!FOR_TOOLS.contains(command.getCommandName())) {
            throw error;
          }
          command.getErr().println("error: " + error.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    return all;
  }
}
