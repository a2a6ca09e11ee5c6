package dev.fargate.phoenix;

import io.javalin.http.Handler;

/**
 * A path that answers GET.
 *
 * @param path as called
 * @param description for the page, one sentence
 * @param handler makes the answer
 */
record Endpoint(String path, String description, Handler handler) {}
