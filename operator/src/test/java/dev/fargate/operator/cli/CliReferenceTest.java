package dev.fargate.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CliReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "cli.md");

  @ParameterizedTest
  @ValueSource(strings = {"run", "plan", "logs"})
  void thePageSaysWhatHelpSays(String command) throws IOException {
    CommandLine line = FargateOperator.commandLine().getSubcommands().get(command);
    String help = line.getUsageMessage(Ansi.OFF).replace("\r\n", "\n");
    assertThat(Files.readString(PAGE))
        .as("docs/reference/cli.md is not what %s --help says, which is:%n%s", command, help)
        .contains("```\n" + help + "```\n");
  }
}
