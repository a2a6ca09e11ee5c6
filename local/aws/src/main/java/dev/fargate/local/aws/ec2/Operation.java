package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.Struct;

/** One EC2 operation. */
@FunctionalInterface
interface Operation {
  Struct run(Struct input);
}
