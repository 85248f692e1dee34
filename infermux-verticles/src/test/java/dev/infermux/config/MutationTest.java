package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MutationTest extends Reading {
  private static final long SEED = Long.getLong("seed", 20261121L);
  private static final String PIECES = ":-{}[]&*!|>'\"%@`#,?$~ \n\t\\0<";

  @Test
  void a_thousand_mutations_give_a_thousand_results() throws Exception {
    Random random = new Random(SEED);
    byte[] valid = Files.readAllBytes(resource("cost.yml"));
    Path file = directory.resolve("mutant.yml");

    int loaded = 0;
    for (int i = 0; i < Integer.getInteger("mutations", 1000); i++) {
      byte[] mutant = mutate(valid, random);
      Files.write(file, mutant);
      ConfigResult result = resultOf(file, mutant);
      loaded += result instanceof ConfigResult.Loaded ? 1 : 0;
      assertThat(result.toString()).doesNotContain("Exception", "sk-openai-1");
    }

    assertThat(loaded).as("of the mutants are still valid, seed %d", SEED).isPositive();
  }

  private static ConfigResult resultOf(Path file, byte[] mutant) {
    try {
      return read(file, ReadOptions.of(KEYS));
    } catch (Exception e) {
      String text = new String(mutant, StandardCharsets.UTF_8);
      throw new AssertionError("seed " + SEED + ", file:\n" + text, e);
    }
  }

  private static byte[] mutate(byte[] valid, Random random) {
    StringBuilder text = new StringBuilder(new String(valid, StandardCharsets.UTF_8));
    int steps = 1 + random.nextInt(4);
    for (int step = 0; step < steps && !text.isEmpty(); step++) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
        case 2 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 3 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 4 -> text.setCharAt(at, (char) random.nextInt(0x3000));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
