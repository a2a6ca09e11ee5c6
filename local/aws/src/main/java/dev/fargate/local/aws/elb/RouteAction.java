package dev.fargate.local.aws.elb;

import java.util.List;

/** What happens to a request that a rule matches. */
public sealed interface RouteAction {
  /** To one of the groups, by weight; all weights zero means no group takes it. */
  record Forward(List<WeightedGroup> groups) implements RouteAction {}

  /**
   * @param weight 0 to 999
   */
  record WeightedGroup(String targetGroupArn, int weight) {}

  /** Each part may hold {@code #{protocol}}, {@code #{host}}, {@code #{port}} and so on. */
  record Redirect(String protocol, String host, String port, String path, String query, int status)
      implements RouteAction {}

  /**
   * @param contentType null when none was set
   * @param body empty when none was set
   */
  record FixedResponse(int status, String contentType, String body) implements RouteAction {}
}
