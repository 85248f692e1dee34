package dev.infermux.tokentrace.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialSuccessTest {
  private static final PartialSuccess NOTHING = new PartialSuccess(0, "");

  private static byte[] response(long rejected, String message) {
    UnknownFieldSet later =
        UnknownFieldSet.newBuilder()
            .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(300).addFixed32(1).build())
            .addField(
                8,
                UnknownFieldSet.Field.newBuilder()
                    .addFixed64(2)
                    .addLengthDelimited(ByteString.copyFromUtf8("of a later version"))
                    .build())
            .build();
    return ExportTraceServiceResponse.newBuilder()
        .setUnknownFields(later)
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder()
                .setRejectedSpans(rejected)
                .setErrorMessage(message))
        .build()
        .toByteArray();
  }

  @Test
  void what_was_left_out_is_read_among_fields_of_later_versions() {
    assertThat(PartialSuccess.read(response(300, "zu groß")))
        .isEqualTo(new PartialSuccess(300, "zu groß"));
    assertThat(PartialSuccess.read(response(-1, ""))).isEqualTo(NOTHING);
  }

  @Test
  void an_answer_that_says_nothing_is_plain_success() {
    assertThat(PartialSuccess.read(new byte[0])).isEqualTo(NOTHING);
    assertThat(PartialSuccess.read("{}".getBytes())).isEqualTo(NOTHING);
  }

  @Test
  void no_answer_is_too_broken_to_be_read() {
    byte[] whole = response(300, "not these");
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int i = 0; i < 10_000; i++) {
      byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      if (broken.length > 0) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      assertThat(PartialSuccess.read(broken).rejected()).as("seed %d", seed).isNotNegative();
    }
  }
}
