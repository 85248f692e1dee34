package dev.infermux.assembly;

import dev.infermux.dialect.anthropic.AnthropicDialect;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.inference.Dialect;

/**
 * How one API writes a count of tokens.
 *
 * @param title of the API, in a word
 * @param head of the object, before the count
 */
record CountForm(Dialect dialect, String title, String head) {

  static final CountForm MESSAGES = new CountForm(AnthropicDialect.INSTANCE, "messages", "{");

  static final CountForm RESPONSES =
      new CountForm(
          ResponsesChat.DIALECT,
          ResponsesChat.DIALECT.id(),
          "{\"object\":\"response.input_tokens\",");

  String written(long tokens) {
    return head + "\"input_tokens\":" + tokens + "}";
  }
}
