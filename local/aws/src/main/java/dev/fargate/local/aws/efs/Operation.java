package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;

/** One operation of EFS. */
interface Operation {
  Struct run(Struct input, Caller caller);
}
