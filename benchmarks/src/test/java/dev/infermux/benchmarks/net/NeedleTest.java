package dev.infermux.benchmarks.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {

  @Test
  void index_is_that_of_string_search() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String text = letters(random, random.nextInt(40));
      String word = letters(random, 1 + random.nextInt(4));
      int expected = text.contains(word) ? text.indexOf(word) + word.length() : -1;

      assertThat(new Needle(word).after(text.getBytes(US_ASCII), text.length()))
          .as("seed %d: %s in %s", seed, word, text)
          .isEqualTo(expected);
    }
  }

  @Test
  void bytes_past_the_length_are_not_looked_at() {
    assertThat(new Needle("bc").after("abc".getBytes(US_ASCII), 2)).isEqualTo(-1);
  }

  private static String letters(Random random, int length) {
    return random
        .ints(length, 'a', 'd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
