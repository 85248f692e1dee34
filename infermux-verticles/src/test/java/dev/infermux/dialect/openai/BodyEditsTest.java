package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An edit must know of its result what a scan of it would find. */
class BodyEditsTest {

  private static final long SEED = 20_261_127L;

  private static final List<String> MODELS = List.of("m", "gpt-5-mini", "o3", "ü\"\\", "a/b");

  private static final List<String> TEXTS = List.of("x", "two words", "\"q\"\n\\", "é😀", "\uD83D");

  @Test
  void facts_and_places_after_any_edits_are_those_of_a_new_scan() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      OpenAiRequestBody body = scan(body(random).getBytes(UTF_8));
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        OpenAiRequestBody edited = edit(body, random);
        OpenAiRequestBody scanned = scan(edited.bytes());
        String what = "seed " + SEED + ", round " + round + ": " + text(edited);

        assertThat(edited.facts()).as(what).isEqualTo(scanned.facts());
        assertThat(edited.withModel("next").bytes())
            .as(what)
            .isEqualTo(scanned.withModel("next").bytes());
        assertThat(edited.withMaxTokens(3).bytes())
            .as(what)
            .isEqualTo(scanned.withMaxTokens(3).bytes());
        assertThat(edited.continuing("t").bytes())
            .as(what)
            .isEqualTo(scanned.continuing("t").bytes());
        assertThat(edited.rewritten("other", true))
            .as(what)
            .isEqualTo(scanned.rewritten("other", true));
        body = edited;
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"max_tokens\": null,M}|{\"max_tokens\": 9,M}",
        "{M,\"max_completion_tokens\":null}|{\"max_tokens\":9,M,\"max_completion_tokens\":null}",
        "{\"model\":\"o3\",\"max_completion_tokens\":null,M}|{\"model\":\"o3\",\"max_completion_tokens\":9,M}",
      })
  void a_maximum_of_null_gives_way_to_one_that_limits(String before, String after) {
    String messages = "\"messages\":[{\"role\":\"user\"}]";

    OpenAiRequestBody lowered =
        scan(before.replace("M", messages).getBytes(UTF_8)).withMaxTokens(9);

    assertThat(text(lowered)).isEqualTo(after.replace("M", messages));
    assertThat(lowered.facts().maxTokens()).isEqualTo(9);
  }

  @Test
  void the_same_model_changes_nothing() {
    OpenAiRequestBody body =
        scan("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}".getBytes(UTF_8));

    assertThat(body.withModel("m")).isSameAs(body);
  }

  @Test
  void what_was_written_takes_from_the_maximum_of_what_follows() {
    OpenAiRequestBody body =
        scan("{\"max_tokens\":10,\"messages\":[ {\"role\":\"user\"} ] }".getBytes(UTF_8));

    OpenAiRequestBody rest = body.continuing("twelve chars");

    assertThat(text(rest))
        .isEqualTo(
            "{\"max_tokens\":7,\"messages\":[ {\"role\":\"user\"} ,"
                + "{\"role\":\"assistant\",\"content\":\"twelve chars\"}] }");
    assertThat(rest.facts().maxTokens()).isEqualTo(7);
    assertThat(rest.facts().textLength()).isEqualTo(12);
  }

  private static OpenAiRequestBody edit(OpenAiRequestBody body, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> body.withModel(MODELS.get(random.nextInt(MODELS.size())));
      case 1 -> body.withMaxTokens(1 + random.nextInt(200));
      default -> body.continuing(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  private static String body(Random random) {
    List<String> fields = new ArrayList<>();
    fields.add("\"messages\": [ {\"role\":\"user\",\"content\":\"hé\"} ]");
    some(fields, random, "\"model\" : \"m\"", "\"model\":\"gpt-5\"");
    some(fields, random, "\"max_tokens\":0", "\"max_tokens\": 120 ", "\"max_tokens\":null");
    some(fields, random, "\"max_completion_tokens\":30", "\"max_completion_tokens\":null");
    some(fields, random, "\"stream\":true", "\"n\":2");
    some(
        fields,
        random,
        "\"stream_options\":null",
        "\"stream_options\":{ }",
        "\"stream_options\":{\"include_usage\":false}",
        "\"stream_options\":{\"x\":1}");
    Collections.shuffle(fields, random);
    return " { " + String.join(",", fields) + "}";
  }

  private static void some(List<String> fields, Random random, String... choices) {
    int choice = random.nextInt(choices.length + 1);
    if (choice < choices.length) {
      fields.add(choices[choice]);
    }
  }

  private static OpenAiRequestBody scan(byte[] body) {
    return OpenAiRequestBody.scanModelOptional(Operation.CHAT, body);
  }

  private static String text(OpenAiRequestBody body) {
    return new String(body.bytes(), UTF_8);
  }
}
