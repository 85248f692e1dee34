package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Call;
import io.grpc.Metadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcDeadlineTest {

  @ParameterizedTest
  @CsvSource({
    "1H, 3600000000000",
    "2M, 120000000000",
    "3S, 3000000000",
    "4m, 4000000",
    "5u, 5000",
    "6n, 6",
    "99999999H, 31536000000000000"
  })
  void each_unit_is_read_and_a_year_is_the_most(String timeout, long nanos) {
    assertThat(RpcDeadline.of(metadata(timeout), 7)).isEqualTo(nanos + 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "S", "-1S", "123456789S", "1s", "1.5S"})
  void what_is_none_is_no_deadline(String timeout) {
    assertThat(RpcDeadline.of(metadata(timeout), 7)).isEqualTo(Call.NO_DEADLINE);
  }

  private static Metadata metadata(String timeout) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), timeout);
    return metadata;
  }
}
