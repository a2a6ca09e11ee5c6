package dev.fargate.local.aws.cloudwatch;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The account's alarms, by name. */
final class AlarmBook {
  private final Map<String, Alarm> alarms = new TreeMap<>();

  Collection<Alarm> all() {
    return alarms.values();
  }

  Optional<Alarm> find(String name) {
    return Optional.ofNullable(alarms.get(name));
  }

  void add(Alarm alarm) {
    alarms.put(alarm.name, alarm);
  }

  void remove(String name) {
    alarms.remove(name);
  }

  /**
   * @throws dev.fargate.local.aws.wire.AwsException when there is none
   */
  Alarm byArn(String arn) {
    return alarms.values().stream()
        .filter(alarm -> alarm.arn.equals(arn))
        .findFirst()
        .orElseThrow(() -> CloudWatchError.noResource(arn));
  }
}
