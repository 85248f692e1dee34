package dev.infermux.estimation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts are those of jtokkit, an implementation of somebody else. */
final class TokenizerTest {

  private static final String[] TEXTS = {
    "",
    "x",
    "Hello, world!",
    "I'm sure they'LL've said \"don't\" — it's 12345 o'clock.",
    "  leading,   inner and trailing spaces   ",
    "tabs\tand\r\nlines\n\n\n  \n of\u00a0text\u2003\u3000",
    "public static void main(String[] args) { return /* 0x1F */ x += y >>> 2; }\n\t\t}\n",
    "Müßiggang ist aller Laster Anfang; ÄÖÜ ÇA VA, ǅ ǆ",
    "東京都は日本の首都です。人口は約1400万人。",
    "Привет, мир! Ελλάδα שלום مرحبا नमस्ते ไทย 한국어",
    "😀👩‍👩‍👧‍👦🏳️‍🌈 e\u0301 \u0001\u0000 \ufffd",
    "<|endoftext|> is no control token here",
    "a".repeat(4_000),
    " ".repeat(1_000) + "\n" + "\n".repeat(1_000) + "!?".repeat(700),
    "ab".repeat(3) + "\ud83d" + "cd" + "\ude00",
  };

  @ParameterizedTest
  @EnumSource(TokenFamily.class)
  void counts_what_jtokkit_counts(TokenFamily family) throws IOException {
    Encoding theirs =
        Encodings.newLazyEncodingRegistry()
            .getEncoding(EncodingType.fromName(family.vocabulary()).orElseThrow());
    Tokenizer ours = new Tokenizer(family.pieces(), Vocabularies.shared().of(family));
    for (String text : TEXTS) {
      assertThat(ours.count(text)).as(text).isEqualTo(count(theirs, text));
    }
    Random random = new Random(26);
    for (int i = 0; i < 3_000; i++) {
      String text = text(random);
      assertThat(ours.count(text)).as(text).isEqualTo(count(theirs, text));
    }
  }

  private static int count(Encoding theirs, String text) {
    return theirs.countTokensOrdinary(
        text.codePoints()
            .map(TokenizerTest::whole)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString());
  }

  private static int whole(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE
        ? '?'
        : character;
  }

  /** Words, numbers, signs and blanks of some scripts, and characters of all. */
  private static String text(Random random) {

    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(60); left > 0; left--) {
      switch (random.nextInt(7)) {
        case 0 -> text.append(TEXTS[2 + random.nextInt(9)]);
        case 1 -> text.append(" \n\t\r/'.-".charAt(random.nextInt(8)));
        case 2 -> text.append(random.nextInt(100_000));
        case 3 -> text.append((char) ('a' + random.nextInt(26)));
        case 4 -> text.append((char) ('A' + random.nextInt(26)));
        case 5 -> text.appendCodePoint(random.nextInt(0x3000));
        default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"IQ== 1\n", "IQ==\n", "IQ== 0\nIg== 2\n", "IQ== zero\n"})
  void refuses_a_file_that_is_no_vocabulary(String lines) {
    assertThatThrownBy(
            () -> VocabularyFile.read(new ByteArrayInputStream(lines.getBytes(US_ASCII))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rank");
  }
}
