package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.Begin;
import dev.infermux.inference.Attempt;
import dev.infermux.json.JsonOutput;
import java.util.List;

/**
 * What an answer and each of its chunks say first.
 *
 * @param created in epoch seconds
 */
record AnswerHead(String id, long created, String model) {

  /**
   * The head of an answer to an attempt.
   *
   * @param prefix that ids of this kind have
   */
  static AnswerHead of(Begin begin, Attempt attempt, String prefix) {
    String id = begin.id().isEmpty() ? attempt.call().requestId() : begin.id();
    return new AnswerHead(
        id.startsWith(prefix) ? id : prefix + id,
        attempt.call().startedEpochNanos() / 1_000_000_000,
        begin.model().isEmpty() ? attempt.model() : begin.model());
  }

  static AnswerHead of(List<ChatEvent> events, Attempt attempt, String prefix) {
    for (ChatEvent event : events) {
      if (event instanceof Begin begin) {
        return of(begin, attempt, prefix);
      }
    }
    return of(new Begin("", "", null), attempt, prefix);
  }

  /** Opens an object of this kind. */
  JsonOutput open(JsonOutput out, String object) {
    return out.object()
        .field("id", id)
        .field("object", object)
        .field("created", created)
        .field("model", model);
  }
}
