package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        .isEqualTo(new Usage(30, 60, 10, 0, 30, 20, false));
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

    assertThat(usage).isEqualTo(new Usage(1, 290, 0, 0, 222, 196, false));
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
        .isEqualTo(new Usage(0, 5, 0, 0, 2, 2, false));
  }

  @Test
  void a_count_that_is_missing_or_absurd_follows_from_the_total() {
    assertThat(read("{\"completion_tokens\":4,\"total_tokens\":14}"))
        .isEqualTo(Usage.reported(10, 4));
    assertThat(read("{\"prompt_tokens\":10,\"total_tokens\":14}")).isEqualTo(Usage.reported(10, 4));
    assertThat(read("{\"prompt_tokens\":1000000001,\"completion_tokens\":4,\"total_tokens\":14}"))
        .isEqualTo(Usage.reported(10, 4));
    assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":4,\"total_tokens\":1000000001}"))
        .isEqualTo(Usage.reported(10, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"prompt_cache_hit_tokens\":6",
        "\"cached_tokens\":6",
        "\"cached_tokens\":6,\"prompt_tokens_details\":{\"cached_tokens\":6}",
        "\"prompt_tokens_details\":{\"cached_tokens\":6},\"prompt_cache_hit_tokens\":0"
      })
  void cached_tokens_are_found_in_any_of_their_places_and_counted_once(String field) {
    assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":4," + field + "}"))
        .isEqualTo(new Usage(4, 6, 0, 0, 4, 0, false));
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
        "{\"prompt_tokens\":\"9\",\"completion_tokens\":1.5}",
        "{\"prompt_tokens\":-4,\"prompt_tokens_details\":null}"
      })
  void what_counts_nothing_is_no_usage(String json) {
    assertThat(read(json)).isNull();
  }
}
