package dev.infermux.cli.shell;

import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.Flag;
import java.util.List;

/** The completion script for zsh. */
final class ZshCompletion {

  private ZshCompletion() {}

  static String of(CommandTable table) {
    StringBuilder out = new StringBuilder("#compdef infermux\n\n_infermux() {\n");
    out.append("  local -a commands\n  commands=(\n");
    table.commands().forEach((name, usage) -> line(out, name + ":" + escaped(usage.description())));
    out.append("  )\n  if (( CURRENT == 2 )); then\n");
    out.append("    _describe command commands\n");
    out.append("    _arguments").append(specs(table.whole())).append("\n    return\n  fi\n");
    out.append("  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n");
    table
        .commands()
        .forEach(
            (name, usage) -> {
              out.append("    ").append(name).append(") _arguments").append(specs(usage));
              out.append(operand(usage, table.words(usage))).append(" ;;\n");
            });
    out.append("  esac\n}\n\n");
    return out.append("if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n")
        .append("  _infermux \"$@\"\nelse\n  compdef _infermux infermux\nfi\n")
        .toString();
  }

  private static void line(StringBuilder out, String text) {
    out.append("    '").append(text).append("'\n");
  }

  private static String specs(CommandUsage usage) {
    StringBuilder specs = new StringBuilder();
    for (Flag flag : usage.flags()) {
      for (String name : flag.names()) {
        String either = !flag.value().isEmpty() && name.startsWith("--") ? "=[" : "[";
        specs.append(" '").append(name).append(either).append(escaped(flag.text())).append("]");
        specs.append(value(flag)).append("'");
      }
    }
    return specs.toString();
  }

  private static String value(Flag flag) {
    if (flag.value().isEmpty()) {
      return "";
    }
    List<String> choices = CommandTable.choices(flag);
    String what =
        CommandTable.takesFiles(flag)
            ? "_files"
            : choices.isEmpty() ? " " : "(" + String.join(" ", choices) + ")";
    return ":" + flag.value() + ":" + what;
  }

  private static String operand(CommandUsage usage, List<String> words) {
    String first = words.isEmpty() ? "" : " '1:word:(" + String.join(" ", words) + ")'";
    return first + (CommandTable.takesFiles(usage) ? " '*:file:_files'" : "");
  }

  private static String escaped(String text) {
    return text.replace("'", "'\\''").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }
}
