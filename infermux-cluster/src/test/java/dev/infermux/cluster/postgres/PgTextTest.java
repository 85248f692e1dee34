package dev.infermux.cluster.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgTextTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 101, 105, 109, 110, 111, 5_000})
  void name_that_is_escaped_throughout_fits_and_differs_from_one_that_begins_alike(int length) {
    String text = PgText.encode("\0".repeat(length));

    assertThat(text.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(500);
    assertThat(text).isNotEqualTo(PgText.encode("\0".repeat(length + 1)));
  }
}
