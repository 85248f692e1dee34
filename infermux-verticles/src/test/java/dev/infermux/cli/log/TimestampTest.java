package dev.infermux.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

  private final Timestamp timestamp = new Timestamp();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00.123Z",
        "2026-01-31T12:00:00.000Z",
        "2024-02-29T23:59:59.999Z",
        "1969-12-31T23:59:59.007Z"
      })
  void a_moment_has_three_digits_after_its_second(String text) {
    Instant moment = Instant.parse(text);

    assertThat(written(moment.minusSeconds(1)).length()).isEqualTo(text.length());
    assertThat(written(moment)).isEqualTo(text);
    assertThat(written(moment)).isEqualTo(text);
  }

  private String written(Instant moment) {
    StringBuilder out = new StringBuilder();
    timestamp.append(moment.toEpochMilli(), out);
    return out.toString();
  }
}
