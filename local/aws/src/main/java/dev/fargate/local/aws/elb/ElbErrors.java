package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;

/** The errors of ELBv2; its codes carry no {@code Exception} suffix (AWS-FACTS 1). */
final class ElbErrors {
  private ElbErrors() {}

  static AwsException validation(String message) {
    return new AwsException("ValidationError", message);
  }

  static AwsException invalidConfiguration(String message) {
    return new AwsException("InvalidConfigurationRequest", message);
  }

  /** For what AWS can do and this endpoint cannot. */
  static AwsException unsupported(String what, String instead) {
    return invalidConfiguration(what + " is not supported by the local endpoint; " + instead + ".");
  }

  static AwsException noLoadBalancer(String arn) {
    return new AwsException("LoadBalancerNotFound", "Load balancer '" + arn + "' not found");
  }

  static AwsException noListener(String arn) {
    return new AwsException("ListenerNotFound", "Listener '" + arn + "' not found");
  }

  static AwsException noRule(String arn) {
    return new AwsException("RuleNotFound", "Rule '" + arn + "' not found");
  }

  static AwsException noTargetGroup(String arn) {
    return new AwsException("TargetGroupNotFound", "Target groups '" + arn + "' not found");
  }
}
