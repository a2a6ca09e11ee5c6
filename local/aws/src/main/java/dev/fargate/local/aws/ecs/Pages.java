package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.function.Function;

/** Pages of ARNs as ECS gives them. */
final class Pages {
  /** ListServices gives 10 where the others give 100 (AWS-FACTS 10). */
  static final Paging SERVICES = paging(10);

  static final Paging OTHERS = paging(100);

  private Pages() {}

  static Struct of(Paging paging, Struct in, String member, List<String> arns) {
    return paging.page(in, member, arns, Function.identity());
  }

  private static Paging paging(int defaultSize) {
    return new Paging("nextToken", "maxResults", defaultSize, 100, EcsError::invalid);
  }
}
