package dev.fargate.operator.properties;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.operator.Golden;
import dev.fargate.operator.stack.CronSchedule;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a schedule becomes in AWS, and the next times of it ({@code properties/schedules.yaml} and
 * {@code schedules.txt}). What is no schedule stands among the bad specs.
 */
class SchedulesTest {
  private static final int TIMES = 3;

  @Test
  void aScheduleComesAtTheseTimes() throws IOException {
    StringBuilder text = new StringBuilder();
    for (JsonNode line : ApiServer.yaml("schedules.yaml")) {
      String written = line.path("schedule").asText();
      ZoneId zone = ZoneId.of(line.path("zone").asText("UTC"));
      CronSchedule schedule = CronSchedule.parse(written);
      text.append(written).append(" in ").append(zone).append('\n');
      text.append("  ").append(schedule.toAws()).append('\n');
      Optional<Instant> time = Optional.of(Instant.parse(line.path("after").asText()));
      for (int i = 0; i < TIMES && time.isPresent(); i++) {
        time = schedule.next(time.get(), zone);
        text.append("  ").append(time.map(Instant::toString).orElse("never")).append('\n');
      }
    }
    Golden.assertText("properties/schedules.txt", text.toString());
  }
}
