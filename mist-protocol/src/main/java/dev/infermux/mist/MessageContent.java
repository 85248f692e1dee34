package dev.infermux.mist;

import dev.infermux.mist.json.RawJson;

/** What a chat message says: plain text, or parts of any other shape kept as raw JSON. */
public sealed interface MessageContent {

  /** Plain text, the form every tool of the family knows. */
  record Text(String text) implements MessageContent {

    /** Hides the text, which belongs in no log. */
    @Override
    public String toString() {
      return "Text[" + text.length() + " characters]";
    }
  }

  /** Content that is not a string, such as an array of OpenAI content parts. */
  record Structured(RawJson json) implements MessageContent {}
}
