package dev.infermux.e2e;

import static dev.infermux.e2e.kit.Budgeted.explained;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Budgeted;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways around a hard limit: files, tiers, streams without a count, names in other spellings. */
@ExtendWith(VertxExtension.class)
class HardLimitsTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String CALLER = "X-Infermux-Caller: team-a";

  private Gateway gateway;

  /** What one caller may spend. */
  private void open(Vertx vertx, String usd) {
    gateway = Budgeted.start(vertx, usd, BudgetAction.HARD_STOP, null);
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        CHAT
            + "|'messages':[{'role':'user','content':[{'type':'file','file':{'filename':'a.pdf',"
            + "'file_data':'data:application/pdf;base64,%s'}}]}],'max_tokens':10",
        CHAT
            + "|'messages':[{'role':'user','content':[{'type':'input_audio','input_audio':{"
            + "'format':'mp3','data':'%s'}}]}],'max_tokens':10",
        CHAT
            + "|'messages':[{'role':'user','content':[{'type':'new_kind','new_kind':{"
            + "'data':'%s'}}]}],'max_tokens':10",
        "/v1/messages|'messages':[{'role':'user','content':[{'type':'document','source':{"
            + "'type':'base64','media_type':'application/pdf','data':'%s'}}]}],'max_tokens':10",
        "/v1/responses|'input':[{'role':'user','content':[{'type':'input_file','filename':'a.pdf',"
            + "'file_data':'data:application/pdf;base64,%s'}]}],'max_output_tokens':16",
      })
  void inline_file_is_held_by_its_bytes(String path, String body, Vertx vertx) {
    // Gpt-4o-mini reads a million tokens for 0.15: this is room for 333,000 of them.
    open(vertx, "0.05");
    String json = "{'model':'" + Gateway.MODEL + "'," + body.formatted("A".repeat(1_000_000)) + "}";

    WireAnswer answer = gateway.post(path, json.replace('\'', '"'), CALLER);

    assertThat(answer.body()).contains("budget_exceeded");
    assertThat(answer.status()).isEqualTo(429);
    assertThat(gateway.upstream().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"priority", "PRIORITY", "fast", "\\u0070riority"})
  void tier_is_held_at_its_price(String tier, Vertx vertx) {
    // A thousand tokens come to 0.0006, and to 0.001 with priority.
    open(vertx, "0.0008");
    String plain = Budgeted.chat(1_000);
    String dearer = "{\"service_tier\":\"" + tier + "\"," + plain.substring(1);

    assertThat(verdict(plain)).isEqualTo("admit");
    assertThat(verdict(dearer)).isIn("lower", "refuse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"stream_options\":{\"include_usage\":false}",
        "\"stream_options\":{\"include_usage\":true,\"include_usage\":false}",
        "\"stream_options\":{\"include_usage\":false,\"include_usage\":true}",
        "\"stream_options\":{\"include_usage\":true},\"stream_options\":{\"include_usage\":false}",
        "\"stream_options\":{\"include_usage\":true},\"stream_options\":null",
        "\"stream_options\":{\"Include_Usage\":false}",
        "\"Stream_Options\":{\"include_usage\":false}",
        "\"stream_options\":{\"include_usage\":true,\"include\\u005fusage\":false}",
        "\"stream_option\\u0073\":{\"include_usage\":false}",
      })
  void stream_is_asked_for_its_usage_or_not_made(String options, Vertx vertx) {
    open(vertx, "1");
    gateway
        .upstream()
        .always(
            MockAnswer.events(
                Texts.role(), Texts.delta("Hi"), Texts.finish(), Texts.usage(2, 1), "[DONE]"));
    String body = Texts.stream(Gateway.MODEL, "Hi");

    WireAnswer answer =
        gateway.post(CHAT, body.substring(0, body.length() - 1) + "," + options + "}", CALLER);

    if (answer.status() == 200) {
      JsonObject sent = new JsonObject(gateway.upstream().lastRequest().body());
      assertThat(sent.getJsonObject("stream_options").getBoolean("include_usage")).isTrue();
      assertThat(gateway.upstream().lastRequest().body()).doesNotContain("false}");
    } else {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(gateway.upstream().requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Max_Tokens",
        "MAX_TOKENS",
        "Max_completion_tokens",
        "N",
        "Model",
        "Messages",
        "Prediction",
        "Service_Tier",
        "Stream"
      })
  void field_that_only_looks_like_one_that_counts_is_refused(String name, Vertx vertx) {
    open(vertx, "1");

    WireAnswer answer =
        gateway.post(CHAT, "{\"" + name + "\":90000," + Budgeted.chat(10).substring(1), CALLER);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(gateway.upstream().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"team-a", " team-a", "team-a ", "\uff54eam-a"})
  void every_spelling_of_a_caller_is_one_account(String caller, Vertx vertx) {
    open(vertx, "0.000001");

    WireAnswer header =
        gateway.post(CHAT, Texts.chat(Gateway.MODEL, "Hi"), "X-Infermux-Caller: " + utf8(caller));
    String infer =
        new JsonObject()
            .put("model", Gateway.MODEL)
            .put(
                "messages",
                new JsonArray().add(new JsonObject().put("role", "user").put("content", "Hi")))
            .put("meta", new JsonObject().put("caller", caller))
            .encode();
    WireAnswer meta = gateway.post("/infer", infer);

    assertThat(header.error().getString("code")).isEqualTo("budget_exceeded");
    assertThat(meta.body()).contains("budget_exceeded");
  }

  @Test
  void second_call_of_a_pipelined_connection_is_cancelled_when_its_caller_hangs_up(Vertx vertx) {
    open(vertx, "1");
    CompletableFuture<Void> never = new CompletableFuture<>();
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(never));
    String body = Texts.chat(Gateway.MODEL, "Hi");

    try (Wire wire = gateway.connect()) {
      wire.request("POST", CHAT, body, CALLER).request("POST", CHAT, body, CALLER);
      assertThat(wire.read().status()).isEqualTo(200);
      await().until(() -> gateway.upstream().requests().size() == 2);
    }

    MockRequest second = gateway.upstream().lastRequest();
    await().until(second::abandoned);
    await().until(() -> gateway.metric("infermux_in_flight") == 0);
  }

  private String verdict(String body) {
    return explained(gateway, body, CALLER).getString("verdict");
  }

  /** The wire writes one byte for each character. */
  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
