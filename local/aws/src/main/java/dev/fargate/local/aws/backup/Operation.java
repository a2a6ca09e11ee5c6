package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;

/** One operation of AWS Backup. */
interface Operation {
  Struct run(Struct input, Caller caller);
}
