package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.v1alpha1.ApiObject;

/** The task's own disk: the data is gone with the task. It has no settings. */
@ApiObject
public class EphemeralStorage {}
