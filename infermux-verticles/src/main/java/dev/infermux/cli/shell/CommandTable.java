package dev.infermux.cli.shell;

import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.Flag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All commands: the one source of help, completions and the manual.
 *
 * @param whole the program without a command
 * @param commands by name
 */
public record CommandTable(CommandUsage whole, Map<String, CommandUsage> commands) {

  /** An operand that is the name of a command. */
  public static final String COMMAND = "COMMAND";

  private static final Pattern CHOICES = Pattern.compile("(?:^|: )(\\w+(?:, \\w+)* or \\w+)\\.");

  public CommandTable {
    commands = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(commands));
  }

  /** What may stand in an operand's first place; empty where that is anything. */
  List<String> words(CommandUsage usage) {
    if (usage.operand().equals(COMMAND)) {
      return List.copyOf(commands.keySet());
    }
    return Stream.of(usage.operand().split("\\|", -1))
        .map(one -> one.strip().split(" ", -1)[0])
        .filter(word -> word.matches("[a-z]+"))
        .toList();
  }

  /** Whether a file may stand there. */
  static boolean takesFiles(CommandUsage usage) {
    return usage.operand().contains("FILE");
  }

  /** What a flag may be given, as its text has it; empty where that is anything. */
  static List<String> choices(Flag flag) {
    Matcher listed = CHOICES.matcher(flag.text());
    return listed.find() ? List.of(listed.group(1).split(", | or ", -1)) : List.of();
  }

  /** Whether a flag is given a path. */
  static boolean takesFiles(Flag flag) {
    return flag.value().equals("FILE") || flag.value().equals("PATH");
  }
}
