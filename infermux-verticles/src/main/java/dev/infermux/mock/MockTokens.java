package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonText;
import dev.infermux.mock.schema.SchemaFiller;
import dev.infermux.mock.script.MockContent;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of one answer: its reasoning, and then either the calls of tools, in pieces, or its
 * words, each with the blank before it.
 */
final class MockTokens {

  private static final String PREFIX = "mock: ";

  /** Characters of JSON in a token. */
  private static final int PIECE = 8;

  private final int reasoning;

  /** Empty when the tokens are numbered. */
  private final List<String> words;

  private final List<List<ChatEvent>> calls;
  private final int count;
  private final boolean shortened;

  private MockTokens(
      int reasoning, List<String> words, List<List<ChatEvent>> calls, int all, long most) {
    this.reasoning = reasoning;
    this.words = words;
    this.calls = calls;
    this.count = most < 0 ? all : (int) Math.min(all, most);
    this.shortened = count < all;
  }

  /**
   * The tokens of an answer.
   *
   * @param number distinguishes the calls of one answer from those of others
   */
  static MockTokens of(MockContent content, MockCall call, long number) {
    boolean chat = call.operation() == Operation.CHAT;
    int reasoning = chat ? content.reasoning() : 0;
    List<List<ChatEvent>> calls =
        calls(ToolChoice.of(content, call.demands()), content, "call_mock_" + number + "_");
    boolean numbered = calls.isEmpty() && content.tokens() > 0;
    List<String> words = calls.isEmpty() && !numbered ? words(content, call) : List.of();
    int rest = numbered ? content.tokens() : calls.isEmpty() ? words.size() : calls.size();
    return new MockTokens(reasoning, words, calls, reasoning + rest, call.maxTokens());
  }

  int count() {
    return count;
  }

  /** Tokens of reasoning among them. */
  int reasoning() {
    return Math.min(reasoning, count);
  }

  /** Whether the caller's maximum left some out. */
  boolean shortened() {
    return shortened;
  }

  /** Whether the answer calls tools. */
  boolean callsTools() {
    return !calls.isEmpty();
  }

  /** What one token says. */
  List<ChatEvent> at(int index) {
    if (index < reasoning) {
      return List.of(new ChatEvent.Thinking(JsonText.of(numbered(index))));
    }
    int at = index - reasoning;
    return calls.isEmpty()
        ? List.of(new ChatEvent.Text(JsonText.of(words.isEmpty() ? numbered(at) : words.get(at))))
        : calls.get(at);
  }

  /** What all of them say. */
  List<ChatEvent> all() {
    List<ChatEvent> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.addAll(at(i));
    }
    return all;
  }

  private static String numbered(int index) {
    return (index == 0 ? "t" : " t") + (index + 1);
  }

  private static List<String> words(MockContent content, MockCall call) {
    String text = content.text();
    OutputFormat format = call.demands().format();
    if (text == null && (content.json() || format != null)) {
      JsonSlice schema = format == null ? null : format.schema();
      return pieces(
          schema == null
              ? "{\"text\":" + JsonStrings.quoted(PREFIX + call.lastText()) + "}"
              : SchemaFiller.fill(schema.toString()));
    }
    return words(text == null ? PREFIX + call.lastText() : text);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ') {
        words.add(text.substring(from, i));
        from = i;
      }
    }
    if (!text.isEmpty()) {
      words.add(text.substring(from));
    }
    return words;
  }

  private static List<List<ChatEvent>> calls(List<Tool> tools, MockContent content, String id) {
    List<List<ChatEvent>> tokens = new ArrayList<>();
    for (int i = 0; i < tools.size(); i++) {
      int index = i;
      Tool tool = tools.get(i);
      tokens.add(List.of(new ChatEvent.CallBegins(i, id + i, tool.name())));
      pieces(arguments(tool, content))
          .forEach(
              piece -> tokens.add(List.of(new ChatEvent.CallArguments(index, JsonText.of(piece)))));
      List<ChatEvent> last = new ArrayList<>(tokens.remove(tokens.size() - 1));
      last.add(new ChatEvent.CallEnds(i));
      tokens.add(last);
    }
    return tokens;
  }

  private static String arguments(Tool tool, MockContent content) {
    String given = content.arguments();
    return given != null ? given : SchemaFiller.fillObject(tool.schema().toString());
  }

  /** JSON in pieces that part no character. */
  private static List<String> pieces(String json) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < json.length()) {
      int to = Math.min(json.length(), from + PIECE);
      to += to < json.length() && Character.isLowSurrogate(json.charAt(to)) ? 1 : 0;
      pieces.add(json.substring(from, to));
      from = to;
    }
    return pieces;
  }
}
