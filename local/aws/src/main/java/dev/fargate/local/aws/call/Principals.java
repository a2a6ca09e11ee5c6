package dev.fargate.local.aws.call;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.CredentialScope;

/** Tells who calls from the credentials that signed a request. */
public interface Principals {
  /**
   * @throws AwsException for temporary credentials that were not issued here or have expired
   */
  Caller caller(CredentialScope scope);
}
