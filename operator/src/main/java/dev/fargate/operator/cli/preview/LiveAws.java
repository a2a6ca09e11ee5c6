package dev.fargate.operator.cli.preview;

import dev.fargate.operator.aws.AwsClouds;
import dev.fargate.operator.aws.Poller;
import dev.fargate.operator.aws.clients.ClientSettings;
import dev.fargate.operator.aws.secrets.SecretSources;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** AWS as it is: each environment is swept once, when it is first asked for. */
final class LiveAws {
  private LiveAws() {}

  static AwsClouds clouds(
      String ownerId, ClientSettings settings, SecretSources secrets, Clock clock) {
    return new AwsClouds(ownerId, settings, secrets, clock, new Once(clock));
  }

  private record Once(Clock clock) implements AwsClouds.Pace {
    @Override
    public Runnable drive(String environment, Poller poller) {
      poller.pollOnce(clock.instant());
      return () -> {};
    }

    @Override
    public void pause(Duration time) {
      LockSupport.parkNanos(this, time.toNanos());
    }
  }
}
