package dev.fargate.local.aws.wire;

/**
 * Who calls: account, region and principal, as the signature and the assumed role tell.
 *
 * @param accountId 12 digits
 * @param region from the credential scope, for example {@code eu-central-1}
 * @param principal the access key id, or the ARN of the assumed role
 */
public record Caller(String accountId, String region, String principal) {}
