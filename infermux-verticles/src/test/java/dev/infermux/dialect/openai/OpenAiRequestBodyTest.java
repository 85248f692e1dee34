package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiRequestBodyTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

  @Test
  void facts_of_a_body_are_found_in_one_scan() {
    OpenAiRequestBody body =
        chat(
            "{\"model\":\"m\",\"stream\":true,\"max_tokens\":5,\"max_completion_tokens\":7,\"n\":2,"
                + "\"messages\":[{\"role\":\"system\",\"content\":\"abc\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"de\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y\"}}]},"
                + "{\"role\":\"assistant\",\"content\":null}]}");

    assertThat(body.model()).isEqualTo("m");
    assertThat(body.facts().stream()).isTrue();
    assertThat(body.facts().maxTokens()).isEqualTo(7);
    assertThat(body.facts().choices()).isEqualTo(2);
    assertThat(body.facts().textLength()).isEqualTo(5);
  }

  @Test
  void untouched_body_is_the_very_array() {
    byte[] bytes = ("{\"model\":\"m\"," + MESSAGES + "}").getBytes(UTF_8);

    OpenAiRequestBody body = OpenAiRequestBody.scan(Operation.CHAT, bytes);

    assertThat(body.rewritten("m", false)).isSameAs(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"a\",M}|{\"stream_options\":{\"include_usage\":true},\"model\":\"b\",M}",
        "{M, \"model\" : \"a\" }|{\"stream_options\":{\"include_usage\":true},M, \"model\" : \"b\""
            + " }",
        "{M}|{\"model\":\"b\",\"stream_options\":{\"include_usage\":true},M}",
        "{\"stream_options\":null,M,\"model\":\"a\"}|{\"stream_options\":{\"include_usage\":true},M,\"model\":\"b\"}",
        "{\"model\":\"a\",\"stream_options\":{"
            + " },M}|{\"model\":\"b\",\"stream_options\":{\"include_usage\":true},M}",
        "{\"stream_options\":{\"include_usage\":false},\"model\":\"a\",M}|{\"stream_options\":{\"include_usage\":true},\"model\":\"b\",M}",
        "{\"model\":\"a\",\"stream_options\":{\"x\":1},M}|{\"model\":\"b\",\"stream_options\":{\"include_usage\":true,\"x\":1},M}"
      })
  void only_model_and_usage_are_rewritten(String before, String after) {
    OpenAiRequestBody body =
        OpenAiRequestBody.scanModelOptional(
            Operation.CHAT, before.replace("M", MESSAGES).getBytes(UTF_8));

    assertThat(new String(body.rewritten("b", true), UTF_8))
        .isEqualTo(after.replace("M", MESSAGES));
  }

  @Test
  void usage_that_the_caller_asked_for_changes_nothing() {
    byte[] bytes =
        ("{\"model\":\"m\",\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}")
            .getBytes(UTF_8);

    assertThat(OpenAiRequestBody.scan(Operation.CHAT, bytes).rewritten("m", true)).isSameAs(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|request body: an array (expected: a JSON object)|",
        "{M}|model: missing or empty (expected: a model's name)|model",
        "{\"model\":\"\",M}|model: missing or empty (expected: a model's name)|model",
        "{\"model\":7,M}|model: a number (expected: a string)|model",
        "{\"model\":\"m\"}|messages: missing (expected: a non-empty array of messages)|messages",
        "{\"model\":\"m\",\"messages\":{}}|messages: an object (expected: a non-empty array of"
            + " messages)|messages",
        "{\"model\":\"m\",\"messages\":[]}|messages: an empty array (expected: at least one"
            + " message)|messages",
        "{\"model\":\"m\",\"messages\":[1]}|messages[0]: a number (expected: an object with role"
            + " and content)|messages[0]",
        "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}|messages[0].role: missing (expected:"
            + " a role's name)|messages[0].role",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":5}]}|messages[0].content: a"
            + " number (expected: a string, an array of parts or null)|messages[0].content",
        "{\"model\":\"m\",\"stream\":\"true\",M}|stream: a string (expected: true or false)|stream",
        "{\"model\":\"m\",\"max_tokens\":\"10\",M}|max_tokens: a string (expected: an"
            + " integer)|max_tokens",
        "{\"model\":\"m\",\"max_tokens\":-1,M}|max_tokens: -1 (expected: an integer >="
            + " 0)|max_tokens",
        "{\"model\":\"m\",\"n\":0,M}|n: 0 (expected: an integer >= 1)|n",
        "{\"model\":\"m\",\"temperature\":\"hot\",M}|temperature: a string (expected: a"
            + " number)|temperature",
        "{\"model\":\"cheap\",\"model\":\"dear\",M}|model: given twice (expected: once)|model",
        "{\"model\":\"cheap\",\"mod\\u0065l\":\"dear\",M}|model: given twice (expected:"
            + " once)|model",
        "{\"model\":\"m\",\"max_tokens\":1,\"max\\u005ftokens\":9,M}|max_tokens: given twice"
            + " (expected: once)|max_tokens",
        "{\"model\":\"cheap\",\"moDel\":\"dear\",M}|moDel: unknown (expected: model)|moDel",
        "{\"model\":\"m\",\"max_tokens\":1,\"max_to\u212Aens\":9,M}|max_to\u212Aens: unknown"
            + " (expected: max_tokens)|max_to\u212Aens",
        "{\"model\":\"m\",\"stream_options\":[],M}|stream_options: an array (expected: an"
            + " object)|stream_options"
      })
  void bad_field_is_named(String json, String message, String param) {
    assertThatThrownBy(() -> chat(json.replace("M", MESSAGES)))
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(new Failure.InvalidRequest(message, param));
            });
  }

  @Test
  void broken_json_says_where() {
    assertThatThrownBy(() -> chat("{\"model\":\"m\","))
        .hasMessage("request body: byte 13: found the end (expected: more)");
    assertThatThrownBy(
            () ->
                OpenAiRequestBody.scan(
                    Operation.CHAT, new byte[] {'{', '"', (byte) 0xC3, '"', '}'}))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void prompts_and_inputs_of_every_shape_are_counted() {
    assertThat(scan(Operation.COMPLETION, "{\"model\":\"m\",\"prompt\":\"abcd\"}")).isEqualTo(4);
    assertThat(scan(Operation.COMPLETION, "{\"model\":\"m\",\"prompt\":[\"ab\",\"c\"]}"))
        .isEqualTo(3);
    assertThat(scan(Operation.EMBEDDINGS, "{\"model\":\"m\",\"input\":[[1,2],[3]]}")).isEqualTo(12);
  }

  private static long scan(Operation operation, String json) {
    return OpenAiRequestBody.scan(operation, json.getBytes(UTF_8)).facts().textLength();
  }

  private static OpenAiRequestBody chat(String json) {
    return OpenAiRequestBody.scan(Operation.CHAT, json.getBytes(UTF_8));
  }

  @Test
  void maximum_is_lowered_where_it_is_given_and_never_raised() {
    OpenAiRequestBody body =
        anyModel(
            "{\"max_tokens\" :"
                + " 100,\"messages\":[{\"role\":\"user\"}],\"max_completion_tokens\":20}");

    assertThat(text(body.withMaxTokens(50)))
        .isEqualTo(
            "{\"max_tokens\" :"
                + " 50,\"messages\":[{\"role\":\"user\"}],\"max_completion_tokens\":20}");
  }

  @Test
  void maximum_that_is_missing_is_added_in_the_field_that_the_model_knows() {
    String rest = "\"messages\":[{\"role\":\"user\"}]}";

    assertThat(text(anyModel("{\"model\":\"gpt-4o\"," + rest).withMaxTokens(9)))
        .isEqualTo("{\"max_tokens\":9,\"model\":\"gpt-4o\"," + rest);
    assertThat(text(anyModel("{\"model\":\"o3-mini\"," + rest).withMaxTokens(9)))
        .isEqualTo("{\"max_completion_tokens\":9,\"model\":\"o3-mini\"," + rest);
  }

  @Test
  void attachments_are_counted_apart_from_the_text() {
    String image = "{\"url\":\"data:image/png;base64,AAAA\"}";
    OpenAiRequestBody body =
        anyModel(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"four\"},"
                + "{\"type\":\"image_url\",\"image_url\":"
                + image
                + "}]}]}");

    assertThat(body.facts().attachments()).isEqualTo(1);
    assertThat(body.facts().attachmentBytes()).isEqualTo(image.length());
    assertThat(body.facts().textLength()).isEqualTo(4);
  }

  @Test
  void completions_that_are_paid_for_are_the_best_of_them() {
    OpenAiRequestBody body =
        OpenAiRequestBody.scanModelOptional(
            Operation.COMPLETION, "{\"prompt\":\"p\",\"n\":2,\"best_of\":5}".getBytes(UTF_8));

    assertThat(body.facts().choices()).isEqualTo(2);
    assertThat(body.facts().billedChoices()).isEqualTo(5);
  }

  @Test
  void of_two_maxima_the_larger_counts_since_a_provider_may_know_only_one() {
    assertThat(
            anyModel("{\"max_completion_tokens\":1,\"max_tokens\":900," + MESSAGES + "}").facts())
        .returns(900L, BodyFacts::maxTokens);
    assertThat(
            anyModel("{\"max_completion_tokens\":900,\"max_tokens\":1," + MESSAGES + "}").facts())
        .returns(900L, BodyFacts::maxTokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"p\"|2",
        "[\"p\",\"q\",\"r\"]|6",
        "[[1,2],[3]]|4",
        "[1,2,3]|2",
        "[]|2",
      })
  void each_prompt_of_a_legacy_completion_has_completions_of_its_own(String prompt, long billed) {
    OpenAiRequestBody body =
        OpenAiRequestBody.scanModelOptional(
            Operation.COMPLETION, ("{\"n\":2,\"prompt\":" + prompt + "}").getBytes(UTF_8));

    assertThat(body.facts().billedChoices()).isEqualTo(billed);
  }

  @Test
  void absurd_numbers_of_completions_do_not_wrap_around() {
    String body = "{\"n\":" + Long.MAX_VALUE + ",\"prompt\":[\"p\",\"q\"]}";

    assertThat(
            OpenAiRequestBody.scanModelOptional(Operation.COMPLETION, body.getBytes(UTF_8))
                .facts()
                .billedChoices())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void a_model_has_a_name_that_can_be_kept() {
    String fits = "m".repeat(256);

    assertThat(anyModel("{\"model\":\"" + fits + "\"," + MESSAGES + "}").model()).isEqualTo(fits);
    assertThatThrownBy(() -> anyModel("{\"model\":\"" + fits + "m\"," + MESSAGES + "}"))
        .hasMessage("model: 257 characters (expected: at most 256)");
  }

  @Test
  void a_maximum_of_nothing_is_none_in_a_chat() {
    OpenAiRequestBody chat = anyModel("{\"max_tokens\":0," + MESSAGES + "}");
    OpenAiRequestBody completion =
        OpenAiRequestBody.scanModelOptional(
            Operation.COMPLETION, "{\"max_tokens\":0,\"prompt\":\"p\"}".getBytes(UTF_8));

    assertThat(chat.facts().maxTokens()).isEqualTo(-1);
    assertThat(text(chat.withMaxTokens(9))).startsWith("{\"max_tokens\":9,");
    assertThat(completion.facts().maxTokens()).isZero();
  }

  @Test
  void a_prediction_is_measured() {
    String prediction = "{\"type\":\"content\",\"content\":\"class A {}\"}";

    assertThat(anyModel("{\"prediction\":" + prediction + "," + MESSAGES + "}").facts())
        .returns(prediction.length(), BodyFacts::predictionBytes);
    assertThat(anyModel("{\"prediction\":null," + MESSAGES + "}").facts())
        .returns(0, BodyFacts::predictionBytes);
  }

  private static OpenAiRequestBody anyModel(String json) {
    return OpenAiRequestBody.scanModelOptional(Operation.CHAT, json.getBytes(UTF_8));
  }

  private static String text(OpenAiRequestBody body) {
    return new String(body.bytes(), UTF_8);
  }
}
