package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageReaderTest {

  private static @Nullable Usage read(String json) {
    JsonCursor cursor = new JsonCursor(json.getBytes(UTF_8));
    Usage usage = UsageReader.read(cursor);
    cursor.end();
    return usage;
  }

  @Test
  void cached_and_written_tokens_are_a_part_of_the_prompt() {
    assertThat(
            read(
                """
                {"prompt_tokens":100,"completion_tokens":30,"total_tokens":130,
                 "prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":10,"audio_tokens":0},
                 "completion_tokens_details":{"reasoning_tokens":20,"audio_tokens":0}}\
                """))
        .isEqualTo(new Usage(30, 60, 10, 0, 30, 20, false, Usage.Terms.STANDARD));
  }

  @Test
  void reasoning_that_is_only_in_the_total_is_counted() {
    Usage usage =
        read(
            """
            {"prompt_tokens":291,"completion_tokens":26,"total_tokens":513,
             "prompt_tokens_details":{"text_tokens":291,"cached_tokens":290},
             "completion_tokens_details":{"reasoning_tokens":196}}\
            """);

    assertThat(usage).isEqualTo(new Usage(1, 290, 0, 0, 222, 196, false, Usage.Terms.STANDARD));
  }

  @Test
  void counts_that_are_written_as_text_are_counts() {
    assertThat(read("{\"prompt_tokens\":\"11\",\"completion_tokens\":\" 7 \"}"))
        .isEqualTo(Usage.reported(11, 7));
    assertThat(read("{\"prompt_tokens\":\"-1\",\"completion_tokens\":\"7.5\"}")).isNull();
    assertThat(read("{\"prompt_tokens\":\"\",\"completion_tokens\":\"99999999\"}"))
        .isEqualTo(Usage.UNBELIEVED);
  }

  @ParameterizedTest
  @CsvSource({
    "cost, 0.00012, 120000",
    "cost, 1e-3, 1000000",
    "cost, 1e6, 1000000000000000",
    "cost, 1e-50000000, 0",
    "cost_in_usd_ticks, 15, 2",
    "cost_in_usd_ticks, 1e-50000000, 0",
    "cost, -1, -1",
    "cost, 1000001, -1",
    "cost, 1e50000000, -1",
    "cost, 1e2147483647, -1",
    "cost, 1e99999999999, -1",
    "cost, '\"0.1\"', -1",
    "cost_in_usd_ticks, 1e50000000, -1",
    "cost_in_usd_ticks, 1e-2147483648, -1"
  })
  void bill_is_what_can_be_one(String field, String written, long nanos) {
    Usage usage =
        read("{\"prompt_tokens\":1,\"completion_tokens\":1,\"%s\":%s}".formatted(field, written));

    assertThat(usage).extracting(one -> one.terms().billedNanos()).isEqualTo(nanos);
  }

  @Test
  void embeddings_have_a_prompt_alone() {
    assertThat(read("{\"prompt_tokens\":7,\"total_tokens\":7}")).isEqualTo(Usage.reported(7, 0));
  }

  @Test
  void details_never_exceed_what_they_are_a_part_of() {
    assertThat(
            read(
                "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_tokens_details\":"
                    + "{\"cached_tokens\":9,\"cache_write_tokens\":9},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":9}}"))
        .isEqualTo(new Usage(0, 5, 0, 0, 2, 2, false, Usage.Terms.STANDARD));
  }

  @Test
  void a_count_that_is_missing_follows_from_the_total() {
    assertThat(read("{\"completion_tokens\":4,\"total_tokens\":14}"))
        .isEqualTo(Usage.reported(10, 4));
    assertThat(read("{\"prompt_tokens\":10,\"total_tokens\":14}")).isEqualTo(Usage.reported(10, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"prompt_tokens\":10000001",
        "\"completion_tokens\":10000001",
        "\"input_tokens\":10000001",
        "\"output_tokens\":10000001",
        "\"total_tokens\":10000001",
        "\"cached_tokens\":10000001",
        "\"prompt_tokens_details\":{\"cached_tokens\":10000001}",
        "\"prompt_tokens_details\":{\"audio_tokens\":10000001}",
        "\"completion_tokens_details\":{\"audio_tokens\":10000001}",
        "\"completion_tokens_details\":{\"reasoning_tokens\":10000001}",
        "\"cache_read_input_tokens\":10000001",
        "\"cache_creation_input_tokens\":10000001",
        "\"cache_creation\":{\"ephemeral_5m_input_tokens\":10000001}",
        "\"cache_creation\":{\"ephemeral_1h_input_tokens\":10000001}",
        "\"thoughtsTokenCount\":10000001",
        "\"cached_tokens\":\"10000001\"",
        "\"cached_tokens\":\"111111111111111111111111111111\"",
        "\"cached_tokens\":111111111111111111111111111111",
        "\"cached_tokens\":1e9",
        "\"cached_tokens\":10000000.5",
        "\"total_tokens\":10000000,\"cache_read_input_tokens\":9000000"
            + ",\"input_tokens\":9000000,\"prompt_tokens\":-1"
      })
  void report_with_a_count_that_cannot_be_is_none(String field) {
    assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":4," + field + "}"))
        .isEqualTo(Usage.UNBELIEVED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"prompt_cache_hit_tokens\":6",
        "\"cached_tokens\":6",
        "\"cached_tokens\":6,\"prompt_tokens_details\":{\"cached_tokens\":6}",
        "\"prompt_tokens_details\":{\"cached_tokens\":6},\"prompt_cache_hit_tokens\":0",
        "\"prompt_tokens_details\":{\"cached_tokens\":0},\"cache_read_input_tokens\":6",
        "\"input_tokens_details\":{\"cached_tokens\":6}",
        "\"input_cached_tokens\":6",
        "\"num_cached_tokens\":6",
        "\"cachedContentTokenCount\":6",
        "\"cacheReadInputTokens\":6"
      })
  void cached_tokens_are_found_in_any_of_their_places_and_counted_once(String field) {
    assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":4," + field + "}"))
        .isEqualTo(new Usage(4, 6, 0, 0, 4, 0, false, Usage.Terms.STANDARD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"cache_creation_input_tokens\":6",
        "\"prompt_tokens_details\":{\"cache_write_tokens\":6}",
        "\"prompt_tokens_details\":{\"cached_tokens\":0,\"cache_creation_tokens\":6}",
        "\"prompt_tokens_details\":{\"cache_creation\":{\"ephemeral_5m_input_tokens\":6},"
            + "\"cache_creation_input_tokens\":6}",
        "\"cache_creation\":{\"ephemeral_5m_input_tokens\":6}",
        "\"cacheWriteInputTokens\":6"
      })
  void written_tokens_are_found_in_any_of_their_places_and_counted_once(String field) {
    assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":4," + field + "}"))
        .isEqualTo(new Usage(4, 0, 6, 0, 4, 0, false, Usage.Terms.STANDARD));
  }

  @Test
  void a_write_for_an_hour_is_kept_apart() {
    assertThat(
            read(
                "{\"prompt_tokens\":10,\"completion_tokens\":4,\"cache_creation_input_tokens\":6,"
                    + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":1,"
                    + "\"ephemeral_1h_input_tokens\":5}}"))
        .isEqualTo(new Usage(4, 0, 1, 5, 4, 0, false, Usage.Terms.STANDARD));
  }

  /** Anthropic's and Bedrock's prompt counts leave the cache out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"input_tokens\":10,\"output_tokens\":4,\"cache_read_input_tokens\":60,"
            + "\"cache_creation_input_tokens\":5",
        "\"inputTokens\":10,\"outputTokens\":4,\"totalTokens\":79,"
            + "\"cacheReadInputTokens\":60,\"cacheWriteInputTokens\":5",
        "\"prompt_tokens\":10,\"completion_tokens\":4,\"total_tokens\":79,"
            + "\"cache_read_input_tokens\":60,\"cache_creation_input_tokens\":5"
      })
  void caches_beside_a_prompt_that_leaves_them_out_are_added(String fields) {
    assertThat(read("{" + fields + "}"))
        .isEqualTo(new Usage(10, 60, 5, 0, 4, 0, false, Usage.Terms.STANDARD));
  }

  @Test
  void gemini_counts_thoughts_beside_its_candidates() {
    assertThat(
            read(
                "{\"promptTokenCount\":10,\"candidatesTokenCount\":4,\"thoughtsTokenCount\":7,"
                    + "\"totalTokenCount\":21,\"cachedContentTokenCount\":3}"))
        .isEqualTo(new Usage(7, 3, 0, 0, 11, 7, false, Usage.Terms.STANDARD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "\"12\"",
        "{\"total_tokens\":9}",
        "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}",
        "{\"prompt_tokens\":\"9 of 10\",\"completion_tokens\":1.5}",
        "{\"prompt_tokens\":-4,\"prompt_tokens_details\":null}"
      })
  void what_counts_nothing_is_no_usage(String json) {
    assertThat(read(json)).isNull();
  }
}
