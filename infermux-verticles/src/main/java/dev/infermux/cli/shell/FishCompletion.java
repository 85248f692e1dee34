package dev.infermux.cli.shell;

import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.Flag;
import java.util.List;

/** The completion script for fish. */
final class FishCompletion {

  private FishCompletion() {}

  static String of(CommandTable table) {
    StringBuilder out =
        new StringBuilder("# fish completion for infermux\ncomplete -c infermux -f\n");
    flags(out, "__fish_use_subcommand", table.whole());
    table
        .commands()
        .forEach(
            (name, usage) -> {
              out.append("complete -c infermux -n __fish_use_subcommand -a ").append(name);
              out.append(" -d ").append(quoted(usage.description())).append('\n');
              String there = "'__fish_seen_subcommand_from " + name + "'";
              flags(out, there, usage);
              operand(out, there, usage, table.words(usage));
            });
    return out.toString();
  }

  private static void flags(StringBuilder out, String when, CommandUsage usage) {
    for (Flag flag : usage.flags()) {
      out.append("complete -c infermux -n ").append(when);
      for (String name : flag.names()) {
        out.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceAll("^-+", ""));
      }
      if (!flag.value().isEmpty()) {
        List<String> choices = CommandTable.choices(flag);
        out.append(CommandTable.takesFiles(flag) ? " -r -F" : " -x");
        if (!choices.isEmpty()) {
          out.append(" -a '").append(String.join(" ", choices)).append("'");
        }
      }
      out.append(" -d ").append(quoted(flag.text())).append('\n');
    }
  }

  private static void operand(
      StringBuilder out, String when, CommandUsage usage, List<String> words) {
    if (!words.isEmpty()) {
      out.append("complete -c infermux -n ").append(when).append(" -a '");
      out.append(String.join(" ", words)).append("'\n");
    }
    if (CommandTable.takesFiles(usage)) {
      out.append("complete -c infermux -n ").append(when).append(" -F\n");
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
