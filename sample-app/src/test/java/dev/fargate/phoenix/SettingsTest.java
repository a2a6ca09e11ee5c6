package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void anEmptyEnvironmentMeansPort3000OnEveryAddressWithoutDatabase() {
    Settings settings = Settings.fromEnvironment(Map.of("PORT", " ", "DB_CONNECTION_STRING", ""));
    assertThat(settings.port()).isEqualTo(3000);
    assertThat(settings.bindAddress()).isEqualTo("0.0.0.0");
    assertThat(settings.database()).isEmpty();
    assertThat(settings.prestop()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theVersionIsTheBuildsUnlessGiven() {
    assertThat(Settings.fromEnvironment(Map.of()).version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(Settings.fromEnvironment(Map.of("PHOENIX_VERSION", "2.0-blue")).version())
        .isEqualTo("2.0-blue");
  }

  @Test
  void theInstanceIsTheTaskIdWhereThereIsOne() {
    String uri = "http://169.254.170.2/v4/158d1c8083dd49d6b527399fd6414f5c-1057205210";
    assertThat(Settings.fromEnvironment(Map.of("ECS_CONTAINER_METADATA_URI_V4", uri)).instance())
        .isEqualTo("158d1c8083dd49d6b527399fd6414f5c-1057205210");
    assertThat(Settings.fromEnvironment(Map.of()).instance())
        .isNotEmpty()
        .isNotEqualTo(Settings.fromEnvironment(Map.of()).instance());
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, http",
    "PORT, -1",
    "PORT, 65536",
    "PRESTOP_SECONDS, 111",
    "PRESTOP_SECONDS, 5s",
    "PHOENIX_VERSION, a b",
    "PHOENIX_VERSION, 'a\nSet-Cookie: x'"
  })
  void aSettingThatCannotBeUsedIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> Settings.fromEnvironment(Map.of(name, value)))
        .isInstanceOf(Settings.InvalidSetting.class)
        .hasMessageStartingWith(name + " must be ")
        .hasMessageContaining(value);
  }
}
