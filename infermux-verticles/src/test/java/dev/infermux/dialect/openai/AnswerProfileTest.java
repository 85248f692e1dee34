package dev.infermux.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.TestTimes;
import dev.infermux.testing.Wire;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers come out in the profile that all clients take, or fail the attempt. */
class AnswerProfileTest {

  private static final String HEAD =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"m-1\",";
  private static final String USAGE =
      ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":10}";

  private static final OpenAiResponses RESPONSES =
      new OpenAiResponses(
          new ProviderFailures("up"),
          (attempt, status, error, advice) ->
              new UpstreamError(FailureClass.SERVER_ERROR, status, error.message(), null),
          TestTimes.at(InstantSource.system()));

  @ParameterizedTest
  @ValueSource(strings = {"openai/chat-tools.json", "openai/azure-chat.json"})
  void recorded_answers_are_handed_on_as_they_came(String file) {
    Buffer body = Wire.bytes(file);

    assertThat(RESPONSES.whole(TestCall.chat().attempt(), body).bytes()).isSameAs(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"part\"},"
            + "\"finish_reason\":\"error\"}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"part\"},"
            + "\"finish_reason\":null}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"part\"}}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"part\"},"
            + "\"finish_reason\":\"\"}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"part\"},"
            + "\"error\":{\"code\":502,\"message\":\"x\"},\"finish_reason\":\"stop\"}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"},"
            + "\"finish_reason\":\"stop\"},{\"index\":1,\"message\":{\"content\":\"b\"}}",
        ""
      })
  void an_answer_that_is_not_proven_whole_fails_the_attempt(String choices) {
    String body = HEAD + "\"choices\":[" + choices + "]}";

    assertThatThrownBy(() -> chat(body)).isInstanceOf(InferenceException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"content\":\"a\\u00e9\"}|{\"content\":\"a\\u00e9\",\"role\":\"assistant\"}",
        "{\"role\":null,\"content\":\"a\"}|{\"role\":\"assistant\",\"content\":\"a\"}",
        "{\"role\":\"assistant\"}|{\"role\":\"assistant\",\"content\":null}",
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
            + "{\"type\":\"text\",\"text\":\"b\"}]}|{\"role\":\"assistant\",\"content\":\"ab\"}",
        "{\"role\":\"assistant\",\"content\":\"a\",\"tool_calls\":[]}|"
            + "{\"role\":\"assistant\",\"content\":\"a\"}",
        "{\"role\":\"assistant\",\"content\":\"a\",\"tool_calls\":null}|"
            + "{\"role\":\"assistant\",\"content\":\"a\"}",
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"function\":{\"name\":\"f\","
            + "\"arguments\":{\"x\":1.50}}}]}|{\"role\":\"assistant\",\"content\":null,"
            + "\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1.50}\"},"
            + "\"id\":\"call_req-1_0\",\"type\":\"function\"}]}"
      })
  void messages_are_mended(String given, String mended) {
    assertThat(chat(whole(given, "stop"))).isEqualTo(whole(mended, "stop"));
  }

  @ParameterizedTest
  @CsvSource({
    "eos, stop",
    "MAX_TOKENS, length",
    "length_limit, length",
    "tool_use, tool_calls",
    "SAFETY, content_filter"
  })
  void words_for_the_end_become_known_ones(String word, String known) {
    String message = "{\"role\":\"assistant\",\"content\":\"a\"}";

    assertThat(chat(whole(message, word))).isEqualTo(whole(message, known));
  }

  @Test
  void what_the_answer_does_not_say_of_itself_is_added() {
    String answer =
        chat(
            "{\"created\":1700000000.5,\"choices\":[{\"message\":{\"role\":\"assistant\","
                + "\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"error\":null,"
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"cost\":1.20e-05}}");

    assertThat(answer)
        .isEqualTo(
            "{\"created\":1700000000,\"choices\":[{\"message\":{\"role\":\"assistant\","
                + "\"content\":\"a\"},\"finish_reason\":\"stop\",\"index\":0}],"
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"cost\":1.20e-05,"
                + "\"total_tokens\":10},\"id\":\"chatcmpl-req-1\",\"object\":\"chat.completion\","
                + "\"model\":\"gpt-4o-mini\"}");
  }

  private static String whole(String message, String reason) {
    return HEAD
        + "\"choices\":[{\"index\":0,\"message\":"
        + message
        + ",\"finish_reason\":\""
        + reason
        + "\"}]"
        + USAGE
        + "}";
  }

  private static String chat(String body) {
    return RESPONSES.whole(TestCall.chat().attempt(), Buffer.buffer(body)).bytes().toString();
  }

  private static final String VECTORS =
      "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":%s}],"
          + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base64|[0.1, -0.25, 1.5]|\"zczMPQAAgL4AAMA/\"",
        "base64|\"zczMPQAAgL4AAMA/\"|\"zczMPQAAgL4AAMA/\"",
        "float|\"zczMPQAAgL4AAMA/\"|[0.1,-0.25,1.5]",
        "float|\"zczMPQAAgL4AAMA\\/\"|[0.1,-0.25,1.5]",
        "float|[0.10, -2.5e-1]|[0.10, -2.5e-1]",
        "uint8|[1, 2]|[1, 2]"
      })
  void vectors_come_as_they_were_asked_for(String asked, String given, String shown) {
    assertThat(embed(asked, VECTORS.formatted(given))).isEqualTo(VECTORS.formatted(shown));
  }

  @Test
  void long_vectors_are_converted_whole() {
    String numbers = "[" + "0.5,".repeat(9_999) + "0.5]";

    String packed = embed("base64", VECTORS.formatted(numbers));
    String back = embed("float", packed);

    assertThat(back).isEqualTo(VECTORS.formatted(numbers));
  }

  @Test
  void vectors_without_index_object_or_usage_get_them() {
    assertThat(embed("float", "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}"))
        .isEqualTo(
            "{\"data\":[{\"embedding\":[1],\"object\":\"embedding\",\"index\":0},"
                + "{\"embedding\":[2],\"object\":\"embedding\",\"index\":1}],\"object\":\"list\","
                + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":0,\"total_tokens\":0}}");
  }

  @Test
  void counts_come_out_as_numbers_and_what_nobody_counted_does_not_come_out() {
    assertThat(counted("{\"prompt_tokens\":\"11\",\"completion_tokens\":\"7\",\"x\":\"y\"}"))
        .endsWith(
            ",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"x\":\"y\","
                + "\"total_tokens\":18}}");
    assertThat(counted("{\"total_tokens\":18}")).doesNotContain("usage", "_tokens");
  }

  private static String counted(String usage) {
    return chat(
        HEAD
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":"
            + usage
            + "}");
  }

  @Test
  void a_legacy_completion_in_the_place_of_a_message_is_one() {
    assertThat(
            chat(HEAD + "\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":\"stop\"}]}"))
        .contains("\"message\":{\"content\":\"a\",\"role\":\"assistant\"}")
        .doesNotContain("text\"");
  }

  @Test
  void vectors_that_are_none_fail_the_attempt() {
    assertThatThrownBy(() -> embed("float", VECTORS.formatted("\"%%%\"")))
        .isInstanceOf(InferenceException.class);
    assertThatThrownBy(() -> embed("base64", VECTORS.formatted("[null]")))
        .isInstanceOf(InferenceException.class);
  }

  private static String embed(String encoding, String body) {
    TestCall call =
        TestCall.of(
            Operation.EMBEDDINGS,
            "{\"model\":\"m\",\"input\":\"x\",\"encoding_format\":\"" + encoding + "\"}");
    Answer answer = RESPONSES.whole(call.attempt(), Buffer.buffer(body));
    return answer.bytes().toString();
  }
}
