package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.testing.GoldenUsage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageUsageTest {

  static Stream<GoldenUsage> golden() {
    return GoldenUsage.all().filter(row -> "anthropic".equals(row.dialect()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void reports_have_these_buckets(GoldenUsage row) {
    String[] reports = row.usages().stream().map(Object::toString).toArray(String[]::new);

    assertThat(read(reports)).isEqualTo(row.buckets().usage());
  }

  @Test
  void what_is_no_count_is_ignored() {
    assertThat(read("7", "null", "\"x\"", "[]")).isNull();
    assertThat(read("{\"input_tokens\":5,\"output_tokens\":2}", "{\"input_tokens\":\"x9\"}"))
        .isEqualTo(Usage.reported(5, 2));
    assertThat(read("{\"input_tokens\":5,\"output_tokens\":2}", "{\"output_tokens\":-1}"))
        .isEqualTo(Usage.reported(5, 2));
    assertThat(read("{\"input_tokens\":-1e300,\"output_tokens\":2.5,\"cache_creation\":7}"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"input_tokens\":1e300",
        "\"output_tokens\":10000001",
        "\"cache_read_input_tokens\":10000001",
        "\"cache_creation_input_tokens\":10000001",
        "\"cache_creation\":{\"ephemeral_5m_input_tokens\":10000001}",
        "\"cache_creation\":{\"ephemeral_1h_input_tokens\":10000001}",
        "\"output_tokens_details\":{\"thinking_tokens\":10000001}",
        "\"cache_read_input_tokens\":9000000,\"cache_creation_input_tokens\":9000000",
      })
  void report_with_a_count_that_cannot_be_is_none(String field) {
    String honest = "{\"input_tokens\":5,\"output_tokens\":2}";

    assertThat(read(honest, "{" + field + "}")).isEqualTo(Usage.UNBELIEVED);
  }

  @Test
  void writes_to_a_cache_are_kept_apart_when_a_later_report_only_sums_them() {
    assertThat(
            read(
                "{\"input_tokens\":1,\"cache_creation_input_tokens\":9,\"cache_creation\":"
                    + "{\"ephemeral_5m_input_tokens\":4,\"ephemeral_1h_input_tokens\":5}}",
                "{\"cache_creation_input_tokens\":9,\"output_tokens\":3,"
                    + "\"output_tokens_details\":{\"thinking_tokens\":8}}"))
        .isEqualTo(new Usage(1, 0, 4, 5, 3, 3, false, Usage.Terms.STANDARD));
  }

  @Test
  void what_is_billed_beside_the_message_counts_once() {
    String compaction =
        "{\"type\":\"compaction\",\"input_tokens\":1000,\"cache_read_input_tokens\":7,"
            + "\"output_tokens\":50}";
    String message = "{\"type\":\"message\",\"input_tokens\":100,\"output_tokens\":10}";
    String iterations = ",\"iterations\":[" + compaction + "," + message + ",7]}";

    assertThat(
            read(
                "{\"input_tokens\":100,\"output_tokens\":1" + iterations,
                "{\"output_tokens\":10" + iterations))
        .isEqualTo(new Usage(1100, 7, 0, 0, 60, 0, false, Usage.Terms.STANDARD));
    assertThat(read("{\"input_tokens\":0,\"output_tokens\":0" + iterations))
        .isEqualTo(new Usage(1000, 7, 0, 0, 50, 0, false, Usage.Terms.STANDARD));
    assertThat(
            read(
                "{\"input_tokens\":100,\"output_tokens\":10"
                    + iterations.replace("\"output_tokens\":50", "\"output_tokens\":10000001")))
        .isEqualTo(Usage.UNBELIEVED);
  }

  @Test
  void the_advice_of_another_model_counts_as_an_estimate() {
    assertThat(
            read(
                "{\"input_tokens\":100,\"output_tokens\":10,\"iterations\":[{\"type\":"
                    + "\"advisor_message\",\"model\":\"claude-opus-5-5\","
                    + "\"input_tokens\":800,\"output_tokens\":500}]}"))
        .isEqualTo(new Usage(900, 0, 0, 0, 510, 0, true, Usage.Terms.STANDARD));
  }

  @Test
  void a_fast_answer_has_a_tier_of_its_own() {
    String counts = "\"input_tokens\":5,\"output_tokens\":2,\"service_tier\":\"standard\"";

    assertThat(read("{" + counts + ",\"speed\":\"fast\"}"))
        .isEqualTo(Usage.reported(5, 2).inTier("fast"));
    assertThat(read("{" + counts + ",\"speed\":\"standard\"}"))
        .isEqualTo(Usage.reported(5, 2).inTier("standard"));
  }

  private static @Nullable Usage read(String... reports) {
    MessageUsage usage = new MessageUsage();
    for (String report : reports) {
      usage.read(new JsonCursor(report.getBytes(UTF_8)));
    }
    return usage.usage();
  }
}
