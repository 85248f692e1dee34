package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaRequestBodyTest {

  private static final String CHAT =
      """
      {"model":"llama3.2","messages":[{"role":"system","content":"Be brief"},\
      {"role":"user","content":"Größe?","images":["iVBORw0KGgo="]}],"keep_alive":"5m",\
      "options":{"num_ctx":8192,"num_predict":99},"unknown":{"a":[1]}}\
      """;

  @Test
  void stream_is_meant_where_nothing_is_said() {
    assertThat(chat("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}").facts().stream())
        .isTrue();
    assertThat(
            chat("{\"model\":\"m\",\"stream\":null,\"messages\":[{\"role\":\"user\"}]}")
                .facts()
                .stream())
        .isTrue();
    assertThat(
            chat("{\"model\":\"m\",\"stream\":false,\"messages\":[{\"role\":\"user\"}]}")
                .facts()
                .stream())
        .isFalse();
  }

  @Test
  void scan_finds_what_routing_needs() {
    BodyFacts facts = chat(CHAT).facts();

    assertThat(facts.model()).isEqualTo("llama3.2");
    assertThat(facts.maxTokens()).isEqualTo(99);
    assertThat(facts.textLength()).isEqualTo("Be brief".length() + "Größe?".length());
    assertThat(facts.attachments()).isEqualTo(1);
    assertThat(facts.attachmentBytes()).isEqualTo("\"iVBORw0KGgo=\"".length());
    assertThat(facts.showsUsage()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"prompt\":\"\",\"keep_alive\":0}",
      })
  void request_that_loads_or_unloads_a_model_is_answered_whole(String body) {
    assertThat(scan(OllamaEndpoint.GENERATE, body).facts().stream()).isFalse();
    assertThat(scan(OllamaEndpoint.CHAT, body).facts().stream()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-1,-1", "-2,-1", "0,-1", "null,-1", "7,7", "7.0,7"})
  void longest_answer_is_an_option_with_words_for_none(String value, long most) {
    RequestBody body = chat("{\"model\":\"m\",\"options\":{\"num_predict\":" + value + "}}");

    assertThat(body.facts().maxTokens()).isEqualTo(most);
    assertThat(text(body.withMaxTokens(5)))
        .isEqualTo("{\"model\":\"m\",\"options\":{\"num_predict\":5}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"m\"}|{\"options\":{\"num_predict\":9},\"model\":\"m\"}",
        "{\"model\":\"m\",\"options\":{}}|{\"model\":\"m\",\"options\":{\"num_predict\":9}}",
        "{\"model\":\"m\",\"options\": {\"a\":1}}|{\"model\":\"m\",\"options\":"
            + " {\"num_predict\":9,\"a\":1}}",
        "{\"model\":\"m\",\"options\":null}|{\"model\":\"m\",\"options\":{\"num_predict\":9}}",
      })
  void longest_answer_is_added_where_it_belongs(String body, String expected) {
    RequestBody lowered = chat(body).withMaxTokens(9);

    assertThat(text(lowered)).isEqualTo(expected);
    assertThat(lowered.facts()).isEqualTo(chat(expected).facts());
    assertThat(text(lowered.withMaxTokens(4))).isEqualTo(expected.replace('9', '4'));
  }

  @Test
  void model_is_renamed_in_place_and_the_own_name_leaves_the_callers_array() {
    OllamaRequestBody body = chat(CHAT);

    assertThat(body.bytesFor("llama3.2")).isSameAs(body.bytes());
    assertThat(new String(body.bytesFor("other"), UTF_8))
        .isEqualTo(CHAT.replace("llama3.2", "other"));
  }

  @Test
  void continued_chat_ends_with_what_the_assistant_has_said() {
    RequestBody continued = chat(CHAT).continuing("Half a ");

    assertThat(text(continued))
        .contains(
            "\"images\":[\"iVBORw0KGgo=\"]},{\"role\":\"assistant\",\"content\":\"Half a \"}]")
        .contains("\"num_predict\":97");
  }

  @Test
  void prompt_is_shown_with_tools_and_their_calls() {
    RequestBody body =
        chat(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"thinking\":\"Hm\","
                + "\"content\":\"A\\u00e9\",\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]},"
                + "{\"role\":\"tool\",\"tool_name\":\"f\",\"content\":\"r\"}],"
                + "\"tools\":[{\"type\":\"function\"}]}");

    List<String> seen = new ArrayList<>();
    body.visitPrompt(collect(seen, 1000));

    assertThat(seen)
        .containsExactly(
            "chat",
            "message",
            "Hm",
            "Aé",
            "[{\"function\":{\"name\":\"f\"}}]",
            "message",
            "name",
            "f",
            "r",
            "[{\"type\":\"function\"}]");
  }

  @Test
  void prompt_longer_than_what_is_of_interest_is_cut_between_characters() {
    List<String> seen = new ArrayList<>();
    scan(OllamaEndpoint.GENERATE, "{\"model\":\"m\",\"prompt\":\"aéé\\u00e9x\"}")
        .visitPrompt(collect(seen, 4));

    assertThat(seen).containsExactly("aéé +7");
  }

  @ParameterizedTest
  @EnumSource(OllamaEndpoint.class)
  void body_without_a_model_is_refused(OllamaEndpoint endpoint) {
    for (String body :
        List.of("", "[]", "{", "{}", "{\"model\":\"\"}", "{\"model\":7}", "{\"model\":\"m\",}")) {
      assertThatThrownBy(() -> scan(endpoint, body))
          .as(body)
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("expected");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHAT|\"messages\":{}|messages",
        "CHAT|\"messages\":[7]|messages[0]",
        "CHAT|\"messages\":[{}]|messages[0].role",
        "CHAT|\"messages\":[{\"role\":7}]|messages[0].role",
        "CHAT|\"messages\":[{\"role\":\"user\",\"content\":[]}]|messages[0].content",
        "CHAT|\"messages\":[{\"role\":\"user\",\"images\":[7]}]|messages[0].images[0]",
        "CHAT|\"messages\":[{\"role\":\"user\",\"tool_calls\":{}}]|messages[0].tool_calls",
        "CHAT|\"stream\":\"true\"|stream",
        "CHAT|\"options\":[]|options",
        "CHAT|\"options\":{\"num_predict\":\"9\"}|options.num_predict",
        "CHAT|\"options\":{\"num_predict\":1.5}|options.num_predict",
        "CHAT|\"options\":{},\"options\":{}|options",
        "CHAT|\"model\":\"dear\"|model",
        "CHAT|\"Model\":\"dear\"|model",
        "CHAT|\"Messages\":[]|messages",
        "CHAT|\"tools\":{}|tools",
        "GENERATE|\"prompt\":[]|prompt",
        "GENERATE|\"images\":\"x\"|images",
        "GENERATE|\"system\":1|system",
        "EMBED|\"x\":1|input",
        "EMBED|\"input\":{}|input",
        "EMBED|\"input\":[[1,2]]|input[0]",
        "EMBED|\"input\":[1]|input[0]",
        "LEGACY_EMBEDDINGS|\"prompt\":[\"a\"]|prompt",
      })
  void fault_is_named(OllamaEndpoint endpoint, String fields, String param) {
    assertThatThrownBy(() -> scan(endpoint, "{\"model\":\"m\"," + fields + "}"))
        .isInstanceOfSatisfying(
            InferenceException.class,
            refused -> {
              assertThat(refused.failure().param()).isEqualTo(param);
              assertThat(refused.failure().status()).isEqualTo(400);
              assertThat(refused.failure().message()).contains("expected");
            });
  }

  private static PromptVisitor collect(List<String> seen, int room) {
    return new PromptVisitor() {
      @Override
      public int room() {
        return room;
      }

      @Override
      public void chat() {
        seen.add("chat");
      }

      @Override
      public void message() {
        seen.add("message");
      }

      @Override
      public void name() {
        seen.add("name");
      }

      @Override
      public void token() {
        seen.add("token");
      }

      @Override
      public void text(String text, int read, int left) {
        seen.add(left == 0 ? text : text + " +" + left);
      }
    };
  }

  private static OllamaRequestBody chat(String body) {
    return scan(OllamaEndpoint.CHAT, body);
  }

  private static OllamaRequestBody scan(OllamaEndpoint endpoint, String body) {
    return OllamaRequestBody.scan(endpoint, body.getBytes(UTF_8));
  }

  private static String text(RequestBody body) {
    return new String(body.bytes(), UTF_8);
  }
}
