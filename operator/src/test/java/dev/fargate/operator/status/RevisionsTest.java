package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is shown of a revision. */
class RevisionsTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void aDigestIsShownWhereTheImageNamesOne() {
    assertThat(Revisions.revision("arn:web:1", "registry/web@" + DIGEST).digest).isEqualTo(DIGEST);
    assertThat(Revisions.revision("arn:web:1", "registry/web:1").digest).isNull();
    assertThat(Revisions.revision("arn:web:1", null).digest).isNull();
  }
}
