package dev.infermux.mock;

import dev.infermux.mock.script.MockContent;
import java.util.ArrayList;
import java.util.List;

/** The tokens of one answer: its words, each with the blank before it. */
final class MockTokens {

  private static final String PREFIX = "mock: ";

  /** Empty when the tokens are numbered. */
  private final List<String> words;

  private final int count;
  private final boolean shortened;

  private MockTokens(List<String> words, int count, boolean shortened) {
    this.words = words;
    this.count = count;
    this.shortened = shortened;
  }

  static MockTokens of(MockContent content, MockCall call) {
    String text = content.text() == null ? PREFIX + call.lastText() : content.text();
    List<String> words = content.tokens() > 0 ? List.of() : words(text);
    int all = content.tokens() > 0 ? content.tokens() : words.size();
    int count = call.maxTokens() < 0 ? all : (int) Math.min(all, call.maxTokens());
    return new MockTokens(words, count, count < all);
  }

  int count() {
    return count;
  }

  /** Whether the caller's maximum left some out. */
  boolean shortened() {
    return shortened;
  }

  String at(int index) {
    return words.isEmpty() ? (index == 0 ? "t" : " t") + (index + 1) : words.get(index);
  }

  /** All of them together. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(at(i));
    }
    return text.toString();
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
}
