package dev.infermux.dialect.chat;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.RequestBody;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * One dialect as an end of a translation. Its requests are read where a caller speaks it and
 * written where a provider does; its answers the other way round. Stateless and safe on any thread;
 * a reader or writer of a stream is for one answer.
 */
public interface ChatDialect {

  /** What {@code X-Infermux-Translated} calls it: {@code chat}, {@code messages}. */
  String title();

  /** What one of the dialect's words for the end of an answer means; unknown ones are ends. */
  FinishReason reason(String word);

  /** The dialect's word for the end of an answer. */
  String word(FinishReason reason);

  /**
   * Reads a request that a scan has found to be sound.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest} where the scan
   *     does not look, or {@code Untranslatable}
   */
  Conversation conversation(RequestBody request, Losses losses);

  /**
   * Writes a request.
   *
   * @param model as the provider knows it
   * @throws dev.infermux.inference.InferenceException with an {@code Untranslatable} where the
   *     provider's API cannot be asked that
   */
  RequestBody request(Conversation conversation, String model, Losses losses);

  /** Reads a provider's whole answer, which its response reader has accepted. */
  List<ChatEvent> events(Buffer answer);

  /** A reader of one provider's stream, whose events its response reader has accepted. */
  ChatEventReader reader();

  /**
   * Writes a whole answer.
   *
   * @param attempt the one that is answered, with the caller's own request
   */
  Buffer answer(List<ChatEvent> events, Attempt attempt);

  /** A writer of one stream for a caller. */
  ChatEventWriter writer(Attempt attempt);
}
