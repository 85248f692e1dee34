package dev.infermux.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuationCheckTest {

  private static final String SENT = "The quick brown fox";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"The quick brown fox\"|\" jumps\"|\" jumps\"",
        "\"The quick brown fox\"|\"fox jumps\"|\" jumps\"",
        "\"The quick brown fox\"|\"brown fox jumps\"|\" jumps\"",
        "\"The quick brown fox\"|\" brown fox jumps\"|\" jumps\"",
        "\"The quick brown fox\"|\"The quick brown fox jumps\"|\" jumps\"",
        "\"The qui\"|\"quick\"|\"ck\"",
        "\"The qui\"|\"ck\"|\"ck\"",
        "\"I had\"|\" had enough\"|\" had enough\"",
        "\"10\"|\"0 is a number\"|\"0 is a number\"",
        "\"Hello \"|\" world\"|\"world\"",
        "\"Hello \"|\"world\"|\"world\"",
        "\"a\\n\\n\"|\"b\"|\"b\"",
        "\"The cat sat. \"|\"The dog ran.\"|\"The dog ran.\"",
        "\"x = \"|\"Math.max(1)\"|\"Math.max(1)\"",
        "\"The quick brown fox\"|\"\"|\"\"",
      })
  void what_goes_on_is_shown_once(String sent, String added, String shown) {
    assertThat(whole(sent, added)).isEqualTo(shown);
    assertThat(byCharacter(sent, added)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The quick brown dog",
        "The quick brown",
        "Sure! Here is the answer",
        "The quick yellow fox",
      })
  void an_answer_that_begins_anew_is_refused(String added) {
    assertThat(whole(SENT, added)).isEqualTo("refused");
    assertThat(byCharacter(SENT, added)).isEqualTo("refused");
  }

  @Test
  void a_restarted_answer_must_begin_with_all_that_was_sent() {
    assertThat(restarted("The quick brown fox jumps")).isEqualTo(" jumps");
    assertThat(restarted("The quick brown fox")).isEmpty();
    assertThat(restarted("The quick brown")).isEqualTo("refused");
    assertThat(restarted("The quick brown cat jumps")).isEqualTo("refused");
    assertThat(restarted("fox jumps")).isEqualTo("refused");
    assertThat(restarted("")).isEqualTo("refused");
  }

  @Test
  void nothing_is_shown_before_it_is_clear() {
    ContinuationCheck check = new ContinuationCheck(SENT, false);

    assertThat(check.pass("The quick")).isEmpty();
    assertThat(check.pass(" brown fox")).isEmpty();
    assertThat(check.pass(" jumps")).isEqualTo(" jumps");
    assertThat(check.pass(" over")).isEqualTo(" over");
  }

  @Test
  void pieces_do_not_matter() {
    Random random = new Random(7);
    String letters = "ab cA.\n";
    for (int run = 0; run < 2_000; run++) {
      String sent = text(random, letters, 1 + random.nextInt(30));
      String added = text(random, letters, random.nextInt(40));

      assertThat(byCharacter(sent, added)).as("%s | %s", sent, added).isEqualTo(whole(sent, added));
    }
  }

  @Test
  void long_monotonous_texts_are_compared_in_linear_time() {
    String sent = "a".repeat(2_000_000);
    ContinuationCheck check = new ContinuationCheck(sent, false);

    for (int i = 0; i < 2_000; i++) {
      assertThat(check.pass("a".repeat(1_000))).isEmpty();
    }
    assertThat(check.pass("ab")).isEqualTo("ab");
  }

  private static String text(Random random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static String whole(String sent, String added) {
    ContinuationCheck check = new ContinuationCheck(sent, false);
    return ended(check, check.pass(added));
  }

  private static String restarted(String added) {
    ContinuationCheck check = new ContinuationCheck(SENT, true);
    return ended(check, check.pass(added));
  }

  private static String byCharacter(String sent, String added) {
    ContinuationCheck check = new ContinuationCheck(sent, false);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < added.length(); i++) {
      shown.append(check.pass(added.substring(i, i + 1)));
    }
    return ended(check, shown.toString());
  }

  private static String ended(ContinuationCheck check, String shown) {
    String all = shown + check.end();
    return check.refused() ? "refused" : all;
  }
}
