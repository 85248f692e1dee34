package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.inference.Prefill;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller reads of a stream that was cut and written on by another provider. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
final class SplicedAnswerTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String STREAM = Texts.stream(Gateway.MODEL, "Hi");
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

  private Pair pair;

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void a_repeated_end_is_read_once(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.MESSAGE));
    cut("The quick ", "brown fox");
    rest("brown", " fox", " jumps");

    assertThat(read()).isEqualTo("The quick brown fox jumps");
  }

  @Test
  void white_space_at_the_end_is_kept_back_and_read_once(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.MESSAGE));
    cut("The quick ");
    rest(" brown");

    assertThat(read()).isEqualTo("The quick brown");
    assertThat(lastMessage().getString("content")).isEqualTo("The quick");
  }

  @Test
  void an_answer_that_begins_anew_is_not_read_and_the_cut_shows(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.MESSAGE));
    BusEvents events = new BusEvents(vertx);
    cut("The quick brown", " fox");
    rest("The quick", " yellow", " dog");

    String body = pair.gateway().post(CHAT, STREAM).body();

    assertThat(text(body)).isEqualTo("The quick brown fox");
    assertThat(body).contains("event: error").doesNotContain("[DONE]");
    JsonObject event = events.inferences(1).get(0);
    assertThat(event.getString("status")).isEqualTo("error");
    assertThat(event.getString("provider")).as("who failed").isEqualTo("first");
    assertThat(event.getJsonArray("attempts"))
        .extracting(attempt -> ((JsonObject) attempt).getString("error_kind"))
        .containsExactly("cut", "cancelled");
  }

  @Test
  void an_answer_that_begins_anew_in_other_words_is_not_read(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.MESSAGE));
    cut("The quick brown", " fox");
    rest("Sure! Here", " it is");

    String body = pair.gateway().post(CHAT, STREAM).body();

    assertThat(text(body)).isEqualTo("The quick brown fox");
    assertThat(body).contains("event: error").doesNotContain("[DONE]");
  }

  @Test
  void a_short_rest_that_was_held_back_is_read_before_the_finish(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.MESSAGE));
    cut("The cat sat. ");
    rest("The");

    assertThat(read()).isEqualTo("The cat sat. The");
  }

  @Test
  void prefix_is_said_in_the_last_message(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.PREFIX));
    cut("The quick");
    rest(" brown");

    assertThat(read()).isEqualTo("The quick brown");
    assertThat(lastMessage())
        .isEqualTo(
            new JsonObject()
                .put("role", "assistant")
                .put("content", "The quick")
                .put("prefix", true));
  }

  @Test
  void continue_final_message_is_said_in_the_request(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.CONTINUE_FINAL_MESSAGE));
    cut("The quick");
    rest(" brown");

    assertThat(read()).isEqualTo("The quick brown");
    JsonObject asked = asked();
    assertThat(asked.getBoolean("continue_final_message")).isTrue();
    assertThat(asked.getBoolean("add_generation_prompt")).isFalse();
    assertThat(lastMessage().getString("role")).isEqualTo("assistant");
  }

  @Test
  void models_go_on_in_their_own_way_or_not_at_all(Vertx vertx) {
    start(
        vertx,
        MidStream.CONTINUE,
        PrefillOptions.defaults().withModels(Map.of("gpt-4o", Prefill.PREFIX)));
    cut("The quick");
    rest(" brown");

    assertThat(pair.gateway().post(CHAT, STREAM).body()).contains("event: error");
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void a_translated_stream_goes_on_in_the_way_of_its_provider(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.PREFIX));
    cut("The quick ", "brown");
    rest("brown", " fox");

    String body =
        pair.gateway().post("/v1/messages", "{\"max_tokens\":50," + STREAM.substring(1)).body();

    assertThat(MessageEvents.text(body)).isEqualTo("The quick brown fox");
    assertThat(body).contains("event: message_stop").doesNotContain("event: error");
    assertThat(lastMessage().getBoolean("prefix")).isTrue();
  }

  @Test
  void an_ollama_stream_goes_on_as_well(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, PrefillOptions.all(Prefill.MESSAGE));
    cut("The quick ", "brown");
    rest("brown", " fox");

    String body = pair.gateway().post("/api/chat", STREAM).body();

    assertThat(text(body)).isEqualTo("The quick brown fox");
    assertThat(body).contains("\"done\":true").doesNotContain("\"error\"");
  }

  @Test
  void a_restarted_answer_that_says_the_same_is_read_on(Vertx vertx) {
    start(vertx, MidStream.RESTART, PrefillOptions.defaults());
    cut("The quick ", "brown");
    rest("The", " quick", " brown fox", " jumps");

    assertThat(read()).isEqualTo("The quick brown fox jumps");
    assertThat(asked().getJsonArray("messages")).as("the original request").hasSize(1);
  }

  @Test
  void a_restarted_answer_that_says_something_else_is_not_read(Vertx vertx) {
    start(vertx, MidStream.RESTART, PrefillOptions.defaults());
    cut("The quick ", "brown");
    rest("The", " quick", " yellow fox", " jumps");

    String body = pair.gateway().post(CHAT, STREAM).body();

    assertThat(text(body)).isEqualTo("The quick brown");
    assertThat(body).contains("event: error").doesNotContain("[DONE]");
  }

  @Test
  void a_restarted_answer_that_is_shorter_is_not_taken_for_the_end(Vertx vertx) {
    start(vertx, MidStream.RESTART, PrefillOptions.defaults());
    cut("The quick ", "brown");
    rest("The quick");

    String body = pair.gateway().post(CHAT, STREAM).body();

    assertThat(text(body)).isEqualTo("The quick brown");
    assertThat(body).contains("event: error").doesNotContain("[DONE]");
  }

  @Test
  void whoever_can_go_on_is_not_asked_to_restart(Vertx vertx) {
    start(vertx, MidStream.RESTART, PrefillOptions.all(Prefill.MESSAGE));
    cut("The quick");
    rest(" brown");

    assertThat(read()).isEqualTo("The quick brown");
    assertThat(asked().getJsonArray("messages")).hasSize(2);
  }

  private void start(Vertx vertx, MidStream midStream, PrefillOptions prefill) {
    pair =
        Pair.start(
            vertx,
            routing -> routing.withFailover(routing.failover().withMidStream(midStream)),
            UnaryOperator.identity(),
            second -> second.withPrefill(prefill));
  }

  private void cut(String... deltas) {
    pair.first().always(MockAnswer.events(events(deltas).toArray(String[]::new)).thenClose());
  }

  private void rest(String... deltas) {
    List<String> events = events(deltas);
    events.addAll(List.of(Texts.finish(), "[DONE]"));
    pair.second().always(MockAnswer.events(events.toArray(String[]::new)));
  }

  private static List<String> events(String... deltas) {
    List<String> events = new ArrayList<>(List.of(Texts.role()));
    for (String delta : deltas) {
      events.add(Texts.delta(delta));
    }
    return events;
  }

  /** The text of a stream that must be whole. */
  private String read() {
    String body = pair.gateway().post(CHAT, STREAM).body();
    assertThat(body).endsWith("data: [DONE]\n\n").doesNotContain("event: error");
    return text(body);
  }

  private static String text(String body) {
    StringBuilder text = new StringBuilder();
    Matcher content = CONTENT.matcher(body);
    while (content.find()) {
      text.append(content.group(1));
    }
    return text.toString();
  }

  private JsonObject asked() {
    return new JsonObject(pair.second().lastRequest().body());
  }

  private JsonObject lastMessage() {
    JsonArray messages = asked().getJsonArray("messages");
    return messages.getJsonObject(messages.size() - 1);
  }
}
