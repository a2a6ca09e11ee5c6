package dev.fargate.local.aws.ecs;

import java.time.Duration;

/** CloudWatch's alarms as ECS asks for them, to watch deployments by. */
public interface Alarms {
  /** Whether it is in state ALARM; false for a name that there is not. */
  boolean isRaised(String name);

  /** How far back it looks: its period times its evaluation periods; zero where there is none. */
  Duration window(String name);
}
