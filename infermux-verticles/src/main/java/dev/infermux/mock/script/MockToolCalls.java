package dev.infermux.mock.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of a request's tools an answer calls.
 *
 * @param count the first so many; of no meaning where names are given
 * @param names those with these names, as far as the request has them
 */
public record MockToolCalls(int count, List<String> names) {

  /** The first tool. */
  public static final MockToolCalls FIRST = new MockToolCalls(1, List.of());

  private static final String SEPARATOR = "/";

  public MockToolCalls {
    names = List.copyOf(names);
  }

  /** Reads a number or names joined by slashes; nothing is the first tool. */
  static MockToolCalls parse(String text) {
    if (text.isEmpty()) {
      return FIRST;
    }
    if (text.matches("\\d+")) {
      return new MockToolCalls(Values.number(text, 1, Values.MOST_TOOL_CALLS), List.of());
    }
    List<String> names = new ArrayList<>();
    for (String name : text.split(SEPARATOR, -1)) {
      if (name.isEmpty() || names.size() == Values.MOST_TOOL_CALLS) {
        throw new MockSyntaxException(
            Quotes.quoted(text), "a number, or names of tools joined by " + SEPARATOR);
      }
      names.add(name);
    }
    return new MockToolCalls(1, names);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return names.isEmpty() ? count == 1 ? "" : String.valueOf(count) : String.join("/", names);
  }
}
