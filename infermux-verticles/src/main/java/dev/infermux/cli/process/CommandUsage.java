package dev.infermux.cli.process;

import dev.infermux.config.tree.KeySuggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command takes; it reads arguments by it and prints it as help.
 *
 * @param command all words of it, such as {@code infermux serve}
 * @param operand what may be given beside the flags, such as {@code PROMPT}; empty = nothing
 * @param footer lines that follow the flags, as they are
 */
public record CommandUsage(
    String command, String operand, String description, List<Flag> flags, List<String> footer) {

  /** Of a command that takes flags alone. */
  public CommandUsage(String command, String description, List<Flag> flags, List<String> footer) {
    this(command, "", description, flags, footer);
  }

  public CommandUsage {
    flags = List.copyOf(flags);
    footer = List.copyOf(footer);
  }

  /** What {@code --help} prints. */
  public String help() {
    HelpText text = new HelpText();
    text.line("Usage: " + command + " [FLAGS]" + (operand.isEmpty() ? "" : " [" + operand + "]"))
        .line("")
        .line(description)
        .line("");
    flags.forEach(flag -> text.entry(flag.synopsis(), flag.text()));
    if (!footer.isEmpty()) {
      text.line("");
      footer.forEach(text::line);
    }
    return text.toString();
  }

  /**
   * Reads {@code --flag value}, {@code --flag=value} and switches, with one dash or two; what
   * follows {@code --} is no flag.
   *
   * @throws BadArguments naming what is wrong and what would not be
   */
  public Arguments parse(List<String> words) {
    Map<Flag, String> values = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!operand.isEmpty() && (word.equals("--") || isOperand(word))) {
        int from = word.equals("--") ? i + 1 : i;
        int to = word.equals("--") ? words.size() : i + 1;
        operands.addAll(words.subList(from, to));
        i = to - 1;
        continue;
      }
      int equals = word.startsWith("-") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      Flag flag = find(name).orElseThrow(() -> unknown(name));
      String value = "";
      if (equals >= 0) {
        value = word.substring(equals + 1);
      } else if (!flag.isToggle()) {
        i++;
        value = valueAt(words, i, flag);
      }
      if (flag.isToggle() && equals >= 0) {
        throw new BadArguments(name + ": \"" + value + "\" (expected: no value)");
      }
      if (values.put(flag, value) != null) {
        throw new BadArguments(name + ": given twice (expected: once at most)");
      }
    }
    return new Arguments(values, operands);
  }

  private String valueAt(List<String> words, int index, Flag flag) {
    if (index == words.size() || find(words.get(index)).isPresent()) {
      throw new BadArguments(flag.name() + ": no value (expected: " + flag.value() + ")");
    }
    return words.get(index);
  }

  /** A dash alone is standard input. */
  private static boolean isOperand(String word) {
    return !word.startsWith("-") || word.equals("-") || word.matches("-[0-9.].*");
  }

  /** The family's tools, which are written in Go, take one dash for two. */
  private Optional<Flag> find(String name) {
    return flags.stream()
        .filter(flag -> flag.names().contains(name) || flag.names().contains("-" + name))
        .findFirst();
  }

  private BadArguments unknown(String name) {
    if (!name.startsWith("-")) {
      return new BadArguments("\"" + name + "\": no flag (expected: flags only)");
    }
    List<String> known = flags.stream().flatMap(flag -> flag.names().stream()).toList();
    String hint =
        KeySuggestion.to(name, known).map(near -> " (did you mean " + near + "?)").orElse("");
    return new BadArguments(name + ": unknown flag" + hint);
  }
}
