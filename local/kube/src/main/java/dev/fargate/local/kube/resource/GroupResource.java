package dev.fargate.local.kube.resource;

/** What objects are stored under: all versions of a resource share one place. */
public record GroupResource(String group, String resource) {}
