package dev.infermux.cli.process;

import java.util.List;

/**
 * Something that an argument can set.
 *
 * @param names with their dashes, the one that messages use first
 * @param value what its value is called; empty = a switch, which has none
 * @param text what it does, in a sentence or two
 */
public record Flag(List<String> names, String value, String text) {

  public static final Flag HELP = new Flag(List.of("--help", "-h"), "", "Show this help and exit.");

  public Flag {
    names = List.copyOf(names);
  }

  public static Flag withValue(String name, String value, String text) {
    return new Flag(List.of(name), value, text);
  }

  public static Flag toggle(String name, String text) {
    return new Flag(List.of(name), "", text);
  }

  /** The same by another name too. */
  public Flag or(String alias) {
    return new Flag(List.of(name(), alias), value, text);
  }

  public String name() {
    return names.get(0);
  }

  boolean isToggle() {
    return value.isEmpty();
  }

  /** As help shows it. */
  String synopsis() {
    return String.join(", ", names) + (isToggle() ? "" : " " + value);
  }
}
