package dev.infermux.provider.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.dialect.openai.AnswerJson;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to echo.
 *
 * @param answer {@code echo:} and the text of the last message, or of the last prompt
 * @param usage a token for every four characters: of all messages in, at least one out
 */
record EchoText(String answer, Usage usage) {

  private static final JsonMapper MAPPER = new JsonMapper();

  static EchoText of(Attempt attempt) {
    boolean chat = attempt.call().operation() == Operation.CHAT;
    JsonNode body = tree(attempt.call().body().bytes());
    String last = chat ? lastMessage(body) : lastPrompt(body.path("prompt"));
    String answer = "echo: " + last;
    long in = attempt.call().body().facts().textLength() / 4;
    long out = Math.max(1, answer.codePointCount(0, answer.length()) / 4);
    return new EchoText(answer, Usage.reported(in, out));
  }

  /** A writer of the answer to an attempt. */
  static AnswerJson json(Attempt attempt) {
    boolean chat = attempt.call().operation() == Operation.CHAT;
    String id = (chat ? "chatcmpl-" : "cmpl-") + attempt.call().requestId();
    long created = attempt.call().startedEpochNanos() / 1_000_000_000;
    return new AnswerJson(chat, id, created, attempt.model(), false);
  }

  static Buffer buffer(String json) {
    return Buffer.buffer(json.getBytes(UTF_8));
  }

  /** The answer cut before each word; put together again they are the answer. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < answer.length(); i++) {
      if (answer.charAt(i) == ' ' && answer.charAt(i - 1) != ' ') {
        words.add(answer.substring(from, i));
        from = i;
      }
    }
    words.add(answer.substring(from));
    return words;
  }

  private static String lastMessage(JsonNode body) {
    JsonNode messages = body.path("messages");
    JsonNode content = messages.path(messages.size() - 1).path("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asText(""));
    }
    return text.toString();
  }

  private static String lastPrompt(JsonNode prompt) {
    JsonNode last = prompt.isArray() ? prompt.path(prompt.size() - 1) : prompt;
    return last.isTextual() ? last.textValue() : last.toString();
  }

  private static JsonNode tree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("a scanned body must parse", e);
    }
  }
}
