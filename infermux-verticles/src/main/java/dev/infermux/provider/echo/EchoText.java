package dev.infermux.provider.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.AnswerJson;
import dev.infermux.dialect.openai.PromptTexts;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to echo.
 *
 * @param answer {@code echo:} and the text of the last message, or of the last prompt
 * @param usage a token for every four characters: of all messages in, at least one out
 */
record EchoText(String answer, Usage usage) {

  static EchoText of(Attempt attempt) {
    Call call = attempt.call();
    String answer = "echo: " + PromptTexts.of(call.operation(), call.body()).lastItem();
    long in = call.body().facts().textLength() / 4;
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
}
