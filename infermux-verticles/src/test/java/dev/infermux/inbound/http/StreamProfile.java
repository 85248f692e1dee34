package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a chat stream must look like for every known client to read it. */
final class StreamProfile {

  private static final String DONE = "data: [DONE]\n\n";

  private StreamProfile() {}

  /** Every chunk's JSON, without the closing {@code [DONE]}. */
  static List<String> chunks(String body) {
    List<String> chunks = new ArrayList<>();
    for (String event : body.split("\n\n")) {
      if (!event.equals("data: [DONE]")) {
        chunks.add(event.substring("data: ".length()));
      }
    }
    return chunks;
  }

  static void check(String body) {
    assertThat(body).endsWith(DONE).doesNotContain("\r").doesNotContain("\uFEFF");
    for (String event : body.split("\n\n")) {
      assertThat(event).startsWith("data: ").doesNotContain("\n");
    }
    List<JsonObject> chunks = chunks(body).stream().map(JsonObject::new).toList();
    chunks.forEach(StreamProfile::checkFrame);
    checkChoices(chunks.stream().filter(chunk -> !choices(chunk).isEmpty()).toList());
    checkUsage(chunks);
  }

  private static void checkFrame(JsonObject chunk) {
    assertThat(chunk.getString("id")).isNotEmpty();
    assertThat(chunk.getString("object")).isEqualTo("chat.completion.chunk");
    assertThat(chunk.getValue("created")).isInstanceOfAny(Integer.class, Long.class);
    assertThat(chunk.getString("model")).isNotEmpty();
    assertThat(chunk.getValue("choices")).isInstanceOf(JsonArray.class);
    assertThat(chunk.containsKey("error")).isFalse();
  }

  private static void checkChoices(List<JsonObject> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      JsonObject choice = choices(chunks.get(i)).getJsonObject(0);
      assertThat(choice.getInteger("index")).isZero();
      assertThat(choice.getJsonObject("delta").containsKey("role")).isEqualTo(i == 0);
      boolean last = i == chunks.size() - 1;
      assertThat(choice.getString("finish_reason")).isEqualTo(last ? "stop" : null);
    }
  }

  private static void checkUsage(List<JsonObject> chunks) {
    for (JsonObject chunk : chunks) {
      JsonObject usage = chunk.getJsonObject("usage");
      if (usage != null) {
        assertThat(choices(chunk)).isEmpty();
        assertThat(usage.fieldNames())
            .contains("prompt_tokens", "completion_tokens", "total_tokens");
        assertThat(chunk).isSameAs(chunks.get(chunks.size() - 1));
      }
    }
  }

  private static JsonArray choices(JsonObject chunk) {
    return chunk.getJsonArray("choices");
  }
}
