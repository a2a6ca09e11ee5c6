package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.operator.validate.Problem;
import java.util.List;

/**
 * Secrets and parameters that variables name by ARN: the execution role may read more of them than
 * one team should get.
 */
final class SourceAccess {
  private static final String PARAMETER = ":parameter";

  private SourceAccess() {}

  static void check(String list, List<EnvVar> variables, Grant grant, List<Problem> problems) {
    for (int i = 0; i < variables.size(); i++) {
      var from = variables.get(i).valueFrom;
      if (from == null) {
        continue;
      }
      String field = list + "[" + i + "].valueFrom";
      if (from.secretsManagerArn != null
          && !allowsSecret(grant.access().secretArnPrefixes, from.secretsManagerArn)) {
        problems.add(
            grant.notListed(
                field + ".secretsManagerArn", from.secretsManagerArn, "secretArnPrefixes"));
      }
      if (from.ssmParameterArn != null && !allowsParameter(grant, from.ssmParameterArn)) {
        problems.add(
            grant.notListed(
                field + ".ssmParameterArn", from.ssmParameterArn, "ssmParameterPrefixes"));
      }
    }
  }

  static boolean allowsSecret(List<String> allowed, String arn) {
    return Starts.allow(allowed, arn, "/:");
  }

  static boolean allowsParameter(Grant grant, String arn) {
    List<String> allowed = grant.access().ssmParameterPrefixes;
    return Starts.allow(allowed, arn, "/")
        || (isOwn(grant, arn)
            && Starts.allow(
                allowed, arn.substring(arn.indexOf(PARAMETER) + PARAMETER.length()), "/"));
  }

  /** A path means parameters of the environment's account and region; others are named by ARN. */
  private static boolean isOwn(Grant grant, String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6
        && parts[3].equals(grant.region())
        && parts[4].equals(grant.accountId())
        && arn.contains(PARAMETER + "/");
  }
}
