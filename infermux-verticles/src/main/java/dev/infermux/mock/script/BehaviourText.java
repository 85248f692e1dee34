package dev.infermux.mock.script;

import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.Refuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Behaviours in words and back. A word and its value are joined by {@code -}, {@code :} or {@code
 * =}; a value in double quotes may hold anything; a bare status such as {@code 503} stands for
 * {@code status-503}, and {@code cut-3} for {@code cut-after-3}.
 */
final class BehaviourText {

  private static final String WORDS =
      Arrays.stream(MockWord.values()).map(MockWord::synopsis).collect(Collectors.joining(" | "));

  /** Longest first, so that {@code cut-after} is not taken for less. */
  private static final List<MockWord> LONGEST_FIRST =
      Arrays.stream(MockWord.values())
          .sorted(Comparator.comparingInt((MockWord word) -> word.text().length()).reversed())
          .toList();

  private static final Map<String, MockWord> SHORT =
      Map.of("cut", MockWord.CUT_AFTER, "stall", MockWord.STALL_AFTER);

  private BehaviourText() {}

  static MockBehaviour parse(String text) {
    Map<MockWord, String> terms = new EnumMap<>(MockWord.class);
    for (String term : Quotes.split(text, '+')) {
      add(terms, term);
    }
    List<String> fates =
        MockWord.FATES.stream().filter(terms::containsKey).map(MockWord::text).toList();
    if (fates.size() > 1) {
      throw new MockSyntaxException(
          Quotes.quoted(text), "one of " + String.join(", ", fates) + " alone");
    }
    MockBehaviour behaviour = MockBehaviour.ok();
    // The words' own order has the fates first: what refines them comes after.
    for (Map.Entry<MockWord, String> term : terms.entrySet()) {
      behaviour = apply(behaviour, term.getKey(), term.getValue());
    }
    return behaviour;
  }

  private static MockBehaviour apply(MockBehaviour to, MockWord word, String value) {
    try {
      return word.apply(to, value);
    } catch (MockSyntaxException e) {
      throw new MockSyntaxException(word.text() + ": " + e.found(), e.expected());
    }
  }

  private static void add(Map<MockWord, String> terms, String term) {
    String plain = term.matches("\\d{3}") ? "status-" + term : term;
    MockWord word = find(plain);
    if (word == null) {
      throw new MockSyntaxException(Quotes.quoted(term), WORDS);
    }
    int length = word.text().length();
    String value = plain.startsWith(word.text()) ? plain.substring(length) : afterShort(plain);
    value = value.isEmpty() ? "" : Quotes.unquoted(value.substring(1));
    if (!word.takes(value)) {
      throw new MockSyntaxException(Quotes.quoted(term), word.synopsis());
    }
    if (terms.put(word, value) != null) {
      throw new MockSyntaxException(word.text() + " twice", "each word once at most");
    }
  }

  private static @Nullable MockWord find(String term) {
    for (MockWord word : LONGEST_FIRST) {
      if (begins(term, word.text())) {
        return word;
      }
    }
    return SHORT.entrySet().stream()
        .filter(entry -> begins(term, entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static boolean begins(String term, String word) {
    return term.startsWith(word)
        && (term.length() == word.length() || "-:=".indexOf(term.charAt(word.length())) >= 0);
  }

  private static String afterShort(String term) {
    int end = 0;
    while (end < term.length() && Character.isLetter(term.charAt(end))) {
      end++;
    }
    return term.substring(end);
  }

  static String write(MockBehaviour behaviour) {
    List<String> words = new ArrayList<>();
    add(words, MockWord.of(behaviour.outcome()));
    if (behaviour.outcome() instanceof Refuses refuses) {
      code(words, refuses.code());
      Duration wait = refuses.retryAfter();
      add(words, wait == null ? "" : "retry-after-" + Values.text(wait));
    } else if (behaviour.outcome() instanceof Breaks breaks) {
      code(words, breaks.code());
    }
    timing(words, behaviour.timing());
    content(words, behaviour.content());
    return words.isEmpty() ? MockWord.OK.text() : String.join("+", words);
  }

  private static void timing(List<String> words, MockTiming timing) {
    wait(words, MockWord.LATENCY, timing.latency());
    wait(words, MockWord.FIRST_TOKEN, timing.firstToken());
    wait(words, MockWord.PACE, timing.pace());
    wait(words, MockWord.JITTER, timing.jitter());
  }

  private static void content(List<String> words, MockContent content) {
    String text = content.text();
    add(words, text == null ? "" : "text-" + Quotes.quoted(text));
    add(words, content.tokens() == 0 ? "" : "tokens-" + content.tokens());
    String reason = content.finishReason();
    add(words, reason.isEmpty() ? "" : "finish-" + reason);
    MockUsage usage = content.usage();
    add(words, usage.equals(MockUsage.EXACT) ? "" : "usage-" + Values.text(usage));
    MockToolCalls tools = content.tools();
    String which = tools == null || tools.toString().isEmpty() ? "" : "-" + tools;
    add(words, tools == null ? "" : MockWord.TOOL_CALL.text() + which);
    String arguments = content.arguments();
    add(words, arguments == null ? "" : "arguments-" + Quotes.quoted(arguments));
    add(words, content.json() ? MockWord.SCHEMA.text() : "");
    add(words, content.reasoning() == 0 ? "" : "reasoning-" + content.reasoning());
    int malformed = content.malformedAfter();
    add(words, malformed < 0 ? "" : "malformed-after-" + malformed);
    add(words, content.done() ? "" : MockWord.NO_DONE.text());
  }

  private static void wait(List<String> words, MockWord word, Duration wait) {
    add(words, wait.isZero() ? "" : word.text() + "-" + Values.text(wait));
  }

  private static void code(List<String> words, String code) {
    add(words, code.isEmpty() ? "" : "code-" + code);
  }

  private static void add(List<String> words, String word) {
    if (!word.isEmpty()) {
      words.add(word);
    }
  }
}
