package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.Flag;
import java.util.List;
import java.util.function.Function;

/**
 * The words of a command that lists something of a running server, and changes it: without one, or
 * with {@code list}, it lists.
 *
 * @param command as its user writes it
 * @param expected its words, for the help
 */
record ServerWords(String command, String expected) {

  private static final List<Format> FORMATS = List.of(Format.TABLE, Format.JSON, Format.YAML);

  /** How a list is printed. */
  static final Flag FORMAT = Format.flag(FORMATS);

  boolean lists(List<String> words) {
    return words.isEmpty() || words.equals(List.of("list"));
  }

  /** Whether it is this verb with so many words behind it. */
  boolean says(String verb, int behind, List<String> words) {
    return words.size() == 1 + behind && words.get(0).equals(verb);
  }

  void print(
      JsonNode list, Function<JsonNode, Table> table, Arguments arguments, CommandContext context) {
    Format.of(arguments, FORMAT, FORMATS).print(list, () -> table.apply(list), context.out());
  }

  BadArguments unknown(List<String> words) {
    return new BadArguments(
        command + ": " + String.join(" ", words) + " (expected: " + expected + ")");
  }
}
