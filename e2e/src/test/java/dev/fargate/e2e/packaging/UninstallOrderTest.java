package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/operations.md, "when the order was another one". */
class UninstallOrderTest {
  private static final Path SAMPLE = Repository.root().resolve("samples/phoenix/environment.yaml");

  @Test
  void whatLostItsOperatorIsFinishedByTheNextOne() {
    List<ObjectNode> environment = Repository.documents(Repository.text(SAMPLE));
    try (RunningOperator operator = new RunningOperator(null)) {
      operator.apply(environment);
      operator.untilReady(environment);
      operator.stop();
      long writes = operator.awsWrites();
      operator.cluster().resource(environment.get(0)).delete();
      assertThat(operator.cluster().resource(environment.get(0)).get().getMetadata())
          .as("without an operator it stays, and waits")
          .satisfies(metadata -> assertThat(metadata.getDeletionTimestamp()).isNotNull())
          .satisfies(metadata -> assertThat(metadata.getFinalizers()).isNotEmpty());
      operator.start();
      operator.untilGone(environment);
      assertThat(operator.awsWrites()).isGreaterThan(writes);
    }
  }
}
