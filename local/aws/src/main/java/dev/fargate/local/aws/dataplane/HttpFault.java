package dev.fargate.local.aws.dataplane;

import java.io.IOException;

/** A message that is no valid HTTP; with the status a load balancer answers to a client. */
final class HttpFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  HttpFault(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
