package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;

/** One ELBv2 operation. */
@FunctionalInterface
interface Operation {
  Struct run(Struct input, Caller caller);
}
