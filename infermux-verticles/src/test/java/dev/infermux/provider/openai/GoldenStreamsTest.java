package dev.infermux.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Operation;
import dev.infermux.testing.GoldenUsage;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of the golden set, over a socket and through the real provider. */
class GoldenStreamsTest extends OpenAiStreams {

  private static final String COMPLETION = "{\"model\":\"m\",\"prompt\":\"x\",\"stream\":true}";

  static Stream<GoldenUsage> streams() {
    return GoldenUsage.all().filter(GoldenUsage::streamed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void a_stream_has_these_buckets(GoldenUsage row) {
    TestCall call =
        row.asked() == Operation.CHAT ? TestCall.stream() : TestCall.of(row.asked(), COMPLETION);

    StreamProbe probe = read(call, MockAnswer.events(row.events()));

    assertThat(probe.failure()).isNull();
    assertThat(probe.summary().usage())
        .usingRecursiveComparison()
        .ignoringFields("terms")
        .isEqualTo(row.buckets().usage());
  }
}
