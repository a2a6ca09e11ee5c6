package dev.fargate.local.aws.elb;

import java.util.List;
import java.util.Map;

/**
 * What rules see of a request.
 *
 * @param host without port; empty when the client sent none
 * @param path without query, as sent
 * @param query without the question mark; empty when there is none
 * @param headers by lower-case name
 */
public record RequestLine(
    String method,
    String host,
    String path,
    String query,
    String sourceIp,
    Map<String, List<String>> headers) {}
