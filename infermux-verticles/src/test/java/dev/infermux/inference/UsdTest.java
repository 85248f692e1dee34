package dev.infermux.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsdTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0.000000001",
    "10, 0.00000001",
    "123400, 0.0001234",
    "999999999, 0.999999999",
    "1000000000, 1",
    "1500000000, 1.5",
    "10000000001, 10.000000001",
    "-1, -0.000000001",
    "-2500000000, -2.5"
  })
  void is_written_as_plain_dollars(long nanos, String dollars) {
    assertThat(new Usd(nanos).toDecimal()).isEqualTo(dollars);
  }

  @Test
  void is_written_as_big_decimals_are() {
    LongStream edges = LongStream.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 807);
    LongStream any = new Random(7).longs(10_000).map(each -> each >> (each & 63));

    assertThat(LongStream.concat(edges, any).boxed())
        .allSatisfy(
            nanos ->
                assertThat(new Usd(nanos).toDecimal())
                    .isEqualTo(
                        nanos == 0
                            ? "0"
                            : BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString()));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000000005, 1",
    "0.00000000049, 0",
    "5e-10, 1",
    "1e-10, 0",
    "-5e-10, -1",
    "1e-50000000, 0",
    "-1e-2147483647, 0",
    "0e50000000, 0",
    "9223372036.854775807, 9223372036854775807"
  })
  void is_rounded_in_no_time_whatever_the_exponent(BigDecimal dollars, long nanos) {
    assertThat(Usd.of(dollars).nanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e10", "9223372036.8547758075", "1e50000000", "-1e2147483647"})
  void is_not_more_than_can_be_held(BigDecimal dollars) {
    assertThatThrownBy(() -> Usd.of(dollars)).isInstanceOf(ArithmeticException.class);
  }
}
