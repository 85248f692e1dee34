package dev.infermux.inference;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of a name that no provider has. */
public final class UnknownProvider {

  private UnknownProvider() {}

  /** Names those there are, in this order. */
  public static String text(String name, Stream<String> known) {
    String all = known.collect(Collectors.joining(" | "));
    String expected =
        all.isEmpty() ? "none: no provider is configured now, POST providers adds one" : all;
    return "provider: \"" + name + "\" (expected: " + expected + ")";
  }
}
