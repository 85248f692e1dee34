package dev.infermux.estimation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.api.Encoding;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/**
 * Counts the tokens of one request's prompt.
 *
 * <p>The counting happens on an event loop, so only the first {@link #MOST_COUNTED} bytes are put
 * through the tokenizer; the rest is taken to be as dense as they are. A token stands for at least
 * one byte, so the estimate never passes what a budget holds for the prompt.
 */
final class PromptTokens {

  /** Half a millisecond of work for prose, two for text without a single space. */
  static final int MOST_COUNTED = 4_096;

  /** What OpenAI puts around each message, its role included, and before the answer. */
  private static final int AROUND_MESSAGE = 4;

  private static final int BEFORE_ANSWER = 3;

  /** A square of 1024 pixels in full detail; what is attached is not looked at. */
  private static final int ATTACHMENT = 765;

  private static final byte[] TOOLS = ascii("tools");
  private static final byte[] NAME = ascii("name");
  private static final byte[][] ATTACHED = {
    ascii("image_url"), ascii("input_audio"), ascii("file"),
  };
  private static final byte[][] TEXTS = {
    ascii("content"), ascii("text"), ascii("arguments"), NAME, ascii("input"), ascii("refusal"),
  };

  private final byte[] body;
  private final JsonCursor json;
  private final Encoding encoding;
  private long tokens;
  private long counted;
  private long countedTokens;
  private long uncounted;

  private PromptTokens(byte[] body, Encoding encoding) {
    this.body = body;
    this.json = new JsonCursor(body);
    this.encoding = encoding;
  }

  /** The tokens in a body. */
  static long count(Operation operation, OpenAiRequestBody body, Encoding encoding) {
    PromptTokens prompt = new PromptTokens(body.bytes(), encoding);
    prompt.document(operation);
    return prompt.total() + (long) ATTACHMENT * body.facts().attachments();
  }

  private long total() {
    long rest = counted == 0 ? 0 : uncounted * countedTokens / counted;
    return tokens + countedTokens + rest;
  }

  private void document(Operation operation) {
    byte[] field =
        switch (operation) {
          case CHAT -> ascii("messages");
          case COMPLETION -> ascii("prompt");
          case EMBEDDINGS -> ascii("input");
        };
    boolean chat = operation == Operation.CHAT;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(field)) {
        tokens += chat ? BEFORE_ANSWER : 0;
        prompt(chat ? AROUND_MESSAGE : 0);
      } else if (chat && json.nameIs(TOOLS)) {
        raw();
      } else {
        json.skip();
      }
    }
  }

  /** A text, a list of texts, messages or tokens, or a list of lists of tokens. */
  private void prompt(int around) {
    if (json.kind() != JsonKind.ARRAY) {
      value();
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      tokens += around;
      value();
    }
  }

  private void value() {
    switch (json.kind()) {
      case STRING -> text();
      case ARRAY -> prompt(0);
      case OBJECT -> object();
      case NUMBER -> {
        json.skip();
        tokens++;
      }
      default -> json.skip();
    }
  }

  private void object() {
    json.enterObject();
    while (json.nextField()) {
      boolean text = json.kind() != JsonKind.STRING || isOneOf(TEXTS);
      if (text && json.kind() != JsonKind.NUMBER && !isOneOf(ATTACHED)) {
        tokens += json.nameIs(NAME) ? 1 : 0;
        value();
      } else {
        json.skip();
      }
    }
  }

  private boolean isOneOf(byte[][] names) {
    for (byte[] name : names) {
      if (json.nameIs(name)) {
        return true;
      }
    }
    return false;
  }

  private void text() {
    int from = json.position() + 1;
    json.skip();
    int to = json.position() - 1;
    int end = to - from > room() ? whole(from, to, room()) : to;
    count(from, end, to, decoded(from, end));
  }

  /** Tools count as the JSON they are. */
  private void raw() {
    int from = json.position();
    json.skip();
    int to = json.position();
    int end = Math.min(to, from + room());
    count(from, end, to, new String(body, from, end - from, UTF_8));
  }

  /** What stands up to {@code end} is {@code text}; the rest up to {@code to} is left. */
  private void count(int from, int end, int to, String text) {
    counted += end - from;
    uncounted += to - end;
    // The other method refuses texts that look like control tokens, and both refuse half a
    // character.
    countedTokens += encoding.countTokensOrdinary(wellFormed(text));
  }

  /**
   * A pair of escapes that the bound tore, or that the caller never completed, becomes {@code ?}.
   */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  private int room() {
    return (int) Math.max(0, MOST_COUNTED - counted);
  }

  /** The end of the last escape or character that begins within so many bytes of a string. */
  private int whole(int from, int to, int bytes) {
    int at = from;
    while (at - from < bytes) {
      if (body[at] == '\\') {
        at += body[at + 1] == 'u' ? 6 : 2;
      } else {
        at++;
      }
    }
    while (at < to && (body[at] & 0xC0) == 0x80) {
      at++;
    }
    return Math.min(at, to);
  }

  private String decoded(int from, int to) {
    byte[] quoted = new byte[to - from + 2];
    System.arraycopy(body, from, quoted, 1, to - from);
    quoted[0] = '"';
    quoted[quoted.length - 1] = '"';
    return new JsonCursor(quoted).string();
  }

  private static byte[] ascii(String name) {
    return name.getBytes(US_ASCII);
  }
}
