package dev.fargate.local.aws.wire;

import java.util.Map;

/** One HTTP response. */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {}
