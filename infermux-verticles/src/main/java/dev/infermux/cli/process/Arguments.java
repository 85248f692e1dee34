package dev.infermux.cli.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flags that were given, and the words that are none. */
public final class Arguments {

  private final Map<Flag, String> values;
  private final List<String> words;

  Arguments(Map<Flag, String> values, List<String> words) {
    this.values = Map.copyOf(values);
    this.words = List.copyOf(words);
  }

  /** What was given beside the flags, in order. */
  public List<String> words() {
    return words;
  }

  public boolean has(Flag flag) {
    return values.containsKey(flag);
  }

  public Optional<String> find(Flag flag) {
    return Optional.ofNullable(values.get(flag));
  }

  /** The names of a value that has commas between them, and blanks perhaps. */
  public Optional<List<String>> names(Flag flag) {
    return find(flag).map(value -> Stream.of(value.split(",", -1)).map(String::strip).toList());
  }

  /** The value, or null where the flag was not given. */
  public @Nullable String orNull(Flag flag) {
    return values.get(flag);
  }

  /**
   * The value of a flag that has to be there.
   *
   * @throws BadArguments when it is not
   */
  public String required(Flag flag) {
    return find(flag)
        .orElseThrow(
            () -> new BadArguments(flag.name() + ": missing (expected: " + flag.value() + ")"));
  }
}
