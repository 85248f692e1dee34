package dev.infermux.cli.process;

/** A number with its noun. */
public final class Plural {

  private Plural() {}

  public static String of(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
