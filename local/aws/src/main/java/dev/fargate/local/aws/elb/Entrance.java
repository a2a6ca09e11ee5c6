package dev.fargate.local.aws.elb;

/** Where requests come in; what a redirect is seen from. */
public record Entrance(boolean secure, int port) {
  /** As in redirects: upper case. */
  public String protocol() {
    return secure ? "HTTPS" : "HTTP";
  }
}
