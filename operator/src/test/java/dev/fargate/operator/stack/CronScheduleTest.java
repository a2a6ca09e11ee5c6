package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 3 * * *|cron(0 3 * * ? *)",
        "30 2 * * 1-5|cron(30 2 ? * MON,TUE,WED,THU,FRI *)",
        "5 */6 * * *|cron(5 0,6,12,18 * * ? *)",
        "0 3 1,15 * *|cron(0 3 1,15 * ? *)",
        "0 3 * JAN-MAR sun|cron(0 3 ? 1,2,3 SUN *)",
        "0 3 * * 0|cron(0 3 ? * SUN *)",
        "0 3 * * 7|cron(0 3 ? * SUN *)",
        "0 3 * * 5-7|cron(0 3 ? * SUN,FRI,SAT *)",
        "0 8-18/5 * * *|cron(0 8,13,18 * * ? *)"
      })
  void fiveFieldsOfACronJobAreAwsSix(String five, String six) {
    assertThat(CronSchedule.parse(five).toAws()).isEqualTo(six);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 3 * *|has 4 fields",
        "60 3 * * *|not within 0 and 59",
        "0 24 * * *|not within 0 and 23",
        "0 3 0 * *|not within 1 and 31",
        "0 3 * 13 *|not within 1 and 12",
        "0 3 * * 8|not within 0 and 7",
        "0 3 1 * 1|both day of month and day of week",
        "0 x * * *|is no number",
        "0 5-3 * * *|not within",
        "0 */0 * * *|not within",
        "0 1-2-3 * * *|no range or step",
        "0 , * * *|is no number"
      })
  void whatIsNoScheduleSaysWhy(String text, String why) {
    assertThatThrownBy(() -> CronSchedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The days on which Berlin's clocks change.
        "0 3 * * *|Europe/Berlin|2026-03-28T12:00:00Z|2026-03-29T01:00:00Z",
        "0 3 * * *|Europe/Berlin|2026-10-24T12:00:00Z|2026-10-25T02:00:00Z",
        "0 3 * * *|UTC|2026-11-21T03:00:00Z|2026-11-22T03:00:00Z",
        "0 3 * * 1|UTC|2026-11-21T03:00:00Z|2026-11-23T03:00:00Z",
        "0 3 29 2 *|UTC|2026-11-21T03:00:00Z|2028-02-29T03:00:00Z"
      })
  void theNextTimeIsInItsZone(String schedule, String zone, Instant after, Instant next) {
    assertThat(CronSchedule.parse(schedule).next(after, ZoneId.of(zone))).hasValue(next);
  }

  @Test
  void aDayThatNeverComesHasNoNextTime() {
    assertThat(
            CronSchedule.parse("0 3 31 2 *")
                .next(Instant.parse("2026-11-21T03:00:00Z"), ZoneId.of("UTC")))
        .isEmpty();
  }

  @Test
  void oneMinuteIsAtMostHourly() {
    assertThat(CronSchedule.parse("7 * * * *").isAtMostHourly()).isTrue();
    assertThat(CronSchedule.parse("0,30 * * * *").isAtMostHourly()).isFalse();
  }
}
