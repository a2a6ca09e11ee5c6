package dev.fargate.local.aws.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who signed a request, and for which service and region: the {@code Credential} of a signature
 * version 4. The signature itself is not verified: the endpoint has no secret keys.
 *
 * @param sessionToken of temporary credentials
 */
public record CredentialScope(
    String accessKeyId, String region, String service, Optional<String> sessionToken) {

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/(\\d{8})/([^/,\\s]+)/([^/,\\s]+)/aws4_request");

  /**
   * @throws AwsException MissingAuthenticationToken when the request is not signed, or
   *     IncompleteSignature when the header is not a signature version 4
   */
  public static CredentialScope of(HttpRequest request) {
    String header =
        request
            .header("Authorization")
            .orElseThrow(
                () ->
                    new AwsException(
                        "MissingAuthenticationToken",
                        "Missing Authentication Token: the local AWS endpoint needs a request"
                            + " signed with signature version 4, with any credentials",
                        403,
                        Struct.of()));
    Matcher matcher = CREDENTIAL.matcher(header);
    if (!header.startsWith("AWS4-HMAC-SHA256") || !matcher.find()) {
      throw new AwsException(
          "IncompleteSignature",
          "Authorization header is not of the form 'AWS4-HMAC-SHA256"
              + " Credential=<key>/<date>/<region>/<service>/aws4_request, ...'",
          403,
          Struct.of());
    }
    return new CredentialScope(
        matcher.group(1),
        matcher.group(3),
        matcher.group(4),
        request.header("X-Amz-Security-Token"));
  }
}
