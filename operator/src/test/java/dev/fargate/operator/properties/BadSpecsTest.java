package dev.fargate.operator.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Specs that cannot be meant so ({@code properties/bad-specs.yaml}) are refused at {@code kubectl
 * apply}, with a message that names the field and what would do.
 */
class BadSpecsTest {
  /** The issue asks for 95 % of 150. */
  private static final int LEAST = 150;

  /** How an API server words what would do; our own rules have sentences. */
  private static final Pattern FIX =
      Pattern.compile(
          "supported values: |should match |must be of type |Required value|should be (greater|less)"
              + " than|Duplicate value|unknown field|must have at (most|least)|should have at"
              + " (most|least)|Too (long|many)|may not be more than|at least [0-9]|chars long");

  private final ApiServer server = new ApiServer();

  @Test
  void badSpecsAreRefusedAtApplyWithFieldAndFix() {
    List<String> through = new ArrayList<>();
    List<ChangedSpec> specs = ChangedSpec.in("bad-specs.yaml");
    for (ChangedSpec spec : specs) {
      Optional<String> refusal = server.refusal(spec.object());
      if (refusal.isEmpty()) {
        through.add("accepted: " + spec);
      } else if (!refusal.get().contains(spec.field())) {
        through.add("does not name the field: " + spec + "\n    " + refusal.get());
      } else if (!namesTheFix(refusal.get())) {
        through.add("does not name the fix: " + spec + "\n    " + refusal.get());
      }
    }
    assertThat(specs).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(through).isEmpty();
  }

  @Test
  void theSamplesThemselvesAreAccepted() {
    for (String kind : ApiServer.kinds()) {
      assertThat(server.refusal(ApiServer.sample(kind))).as(kind).isEmpty();
    }
  }

  /** A rule of ours is a sentence behind the field; that other rules wait is none. */
  private static boolean namesTheFix(String refusal) {
    String message = refusal.replaceAll("<nil>: .*", "");
    return FIX.matcher(message).find()
        || Pattern.compile(": [^:]*[a-z] [^:]{15,}").matcher(message).find();
  }
}
