package dev.fargate.api.v1alpha1;

/**
 * Patterns that several fields share. They follow AWS's rules where a value is handed to AWS, and
 * Kubernetes' where it names an object; all are anchored, and simple enough for the API server's
 * and Java's regular expressions to agree.
 */
public final class Syntax {

  /** The name of an object or list item: one label of a DNS name. */
  public static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  /** The name of a Secret or ConfigMap. */
  public static final String DNS_SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /** The key inside a Secret or ConfigMap. */
  public static final String DATA_KEY = "^[-._a-zA-Z0-9]+$";

  /** A container image with tag or digest; every part begins with a letter or digit. */
  public static final String IMAGE =
      "^[A-Za-z0-9][A-Za-z0-9._:@+-]*(/[A-Za-z0-9][A-Za-z0-9._:@+-]*)*$";

  /** The ARN of an IAM role. */
  public static final String ROLE_ARN = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$";

  /** The ARN of an SSM parameter. */
  public static final String SSM_PARAMETER_ARN =
      "^arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_./-]+$";

  /**
   * The ARN of a Secrets Manager secret, with ECS's optional {@code :key:stage:version} behind it.
   */
  public static final String SECRET_ARN =
      "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+(:[^:]*:[^:]*:[^:]*)?$";

  /** The ARN of an ACM or IAM server certificate. */
  public static final String CERTIFICATE_ARN =
      "^arn:aws[a-z-]*:(acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+|iam::[0-9]{12}:server-certificate/[A-Za-z0-9+=,.@_/-]+)$";

  /** The ARN of an application load balancer. */
  public static final String LOAD_BALANCER_ARN =
      "^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/app/[A-Za-z0-9-]+/[0-9a-f]+$";

  /** The ARN of a recovery point of AWS Backup. */
  public static final String RECOVERY_POINT_ARN =
      "^arn:aws[a-z-]*:backup:[a-z0-9-]+:[0-9]{12}:recovery-point:[A-Za-z0-9-]+$";

  /** An absolute path, of names that begin with no dot: neither . nor .. is among them. */
  public static final String DIRECTORY = "^(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$";

  /** The ARN of a standard SNS topic. */
  public static final String TOPIC_ARN =
      "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$";

  /** What an environment allows: a role, all below a path, or all. */
  public static final String ALLOWED_ROLE_ARN =
      "^(\\*|arn:aws[a-z-]*:iam::[0-9]{12}:role/([A-Za-z0-9+=,.@_/-]+|([A-Za-z0-9+=,.@_-]+/)+\\*))$";

  /** What an environment allows: a host, all below a name, or all. */
  public static final String ALLOWED_HOST =
      "^(\\*|(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*)$";

  /** What an environment allows: the start of an image's name, or all. */
  public static final String ALLOWED_IMAGE = "^(\\*|[A-Za-z0-9][A-Za-z0-9._/:@+-]*)$";

  /** What an environment allows: the start of a secret's ARN, or all. */
  public static final String ALLOWED_SECRET =
      "^(\\*|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]*)$";

  /** What an environment allows: the start of a parameter's path or ARN, or all. */
  public static final String ALLOWED_PARAMETER =
      "^(\\*|(arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter)?/[A-Za-z0-9_./-]*)$";

  /** What an environment allows: a topic, or all. */
  public static final String ALLOWED_TOPIC_ARN =
      "^(\\*|arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256})$";

  /** What an environment allows: a name, all that begin with one, or all. */
  public static final String ALLOWED_DNS_NAME = "^(\\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?(-\\*)?)$";

  /** What an environment allows: an EFS file system, or all. */
  public static final String ALLOWED_FILE_SYSTEM = "^(\\*|fs-[0-9a-f]{8,40})$";

  /** A KMS key: its id, its ARN, or an alias. */
  public static final String KMS_KEY =
      "^((mrk-)?[0-9a-f][0-9a-f-]{31,35}|alias/[A-Za-z0-9/_-]+"
          + "|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+)$";

  /** A security group. */
  public static final String SECURITY_GROUP_ID = "^sg-[0-9a-f]{8,17}$";

  /** A subnet. */
  public static final String SUBNET_ID = "^subnet-[0-9a-f]{8,17}$";

  /** A VPC. */
  public static final String VPC_ID = "^vpc-[0-9a-f]{8,17}$";

  /** A range of IPv4 or IPv6 addresses. */
  public static final String CIDR =
      "^(((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/(3[0-2]|[12]?[0-9])"
          + "|[0-9a-fA-F:]*:[0-9a-fA-F:]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$";

  /** A tag's value, and what may be stored in one. */
  public static final String TAG_VALUE = "^[A-Za-z0-9 _.:/=+@-]*$";

  /** CEL on a map of tags: keys that AWS or the operator keep for themselves. */
  public static final String TAG_KEYS_RULE =
      "self.all(k, size(k) <= 128 && !k.startsWith('aws:') && !k.startsWith('AWS:') &&"
          + " !k.startsWith('fargate.dev/'))";

  /** The message of {@link #TAG_KEYS_RULE}. */
  public static final String TAG_KEYS_MESSAGE =
      "a tag key has at most 128 characters and starts neither with 'aws:' (AWS's) nor with"
          + " 'fargate.dev/' (the operator's); rename it";

  private Syntax() {}
}
