package dev.fargate.operator.flow;

import dev.fargate.operator.status.Reason;

/**
 * Something that the spec refers to and that is not there yet. Files are applied in any order, so
 * this is first a wait.
 *
 * @param message names the field and what is missing
 */
public record Missing(Reason reason, String message) {}
