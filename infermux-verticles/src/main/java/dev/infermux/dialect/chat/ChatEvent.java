package dev.infermux.dialect.chat;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Something that an answer says, in order: it begins, has content, gives its reason to end and its
 * usage, and is over. A whole answer is the same events at once. Texts are pieces, to be read one
 * after the other; they are valid only while the event is handed out.
 *
 * <p>An answer that fails has no event for it: its stream does.
 */
public sealed interface ChatEvent {

  /**
   * The answer begins.
   *
   * @param id the provider's; empty = none
   * @param model as the provider names it; empty = not said
   * @param usage what is known of the prompt already, or null
   */
  record Begin(String id, String model, @Nullable Usage usage) implements ChatEvent {}

  record Text(JsonText text) implements ChatEvent {}

  /** The model thinks aloud. */
  record Thinking(JsonText text) implements ChatEvent {}

  /** The signature or the encrypted form of the thought that came last. */
  record Sealed(JsonText seal) implements ChatEvent {}

  /** The model declines. */
  record Refusal(JsonText text) implements ChatEvent {}

  /**
   * A call of a tool begins.
   *
   * @param index counts the answer's calls from 0, without a gap
   */
  record CallBegins(int index, String id, String name) implements ChatEvent {}

  /**
   * A piece of a call's arguments, which are JSON as text; pieces of several calls may alternate.
   *
   * @param json a piece of the JSON, escaped as the inside of a string
   */
  record CallArguments(int index, JsonText json) implements ChatEvent {}

  /**
   * A call's arguments are complete. A call without any piece has the arguments <code>{}</code>.
   */
  record CallEnds(int index) implements ChatEvent {}

  /**
   * The reason why the answer ends.
   *
   * @param stopSequence the text that ended it, or null
   */
  record Finish(FinishReason reason, @Nullable JsonText stopSequence) implements ChatEvent {}

  /** What the answer used; the last report counts. */
  record Used(Usage usage) implements ChatEvent {}

  /** Nothing follows. */
  record Over() implements ChatEvent {}
}
