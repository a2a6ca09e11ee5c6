package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.function.Function;

/** Pages of a Describe call by MaxResults and NextToken; all at once without MaxResults. */
final class Page {
  private static final String TOKEN = "after-";

  private Page() {}

  static <T> Struct of(Struct input, String member, List<T> rows, Function<T, Struct> render) {
    input
        .integer("MaxResults")
        .filter(max -> max < 1)
        .ifPresent(
            max -> {
              throw new AwsException(
                  "InvalidParameterValue",
                  "Value ( " + max + " ) for parameter maxResults is invalid.");
            });
    int start = Math.min(rows.size(), input.string("NextToken").map(Page::offset).orElse(0));
    int end =
        input
            .integer("MaxResults")
            .map(max -> Math.min(rows.size(), start + max))
            .orElse(rows.size());
    List<T> shown = rows.subList(start, end);
    return Struct.of()
        .with(member, shown.stream().map(render).toList())
        .with("NextToken", end < rows.size() ? TOKEN + end : null);
  }

  private static int offset(String token) {
    if (!token.matches(TOKEN + "[0-9]{1,9}")) {
      throw new AwsException("InvalidNextToken", "The token '" + token + "' is invalid");
    }
    return Integer.parseInt(token.substring(TOKEN.length()));
  }
}
