package dev.infermux.cli.shell;

import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.Flag;
import java.util.List;
import java.util.Map;

/** The completion script for bash. */
final class BashCompletion {

  private BashCompletion() {}

  static String of(CommandTable table) {
    StringBuilder out = new StringBuilder("# bash completion for infermux\n_infermux() {\n");
    out.append("  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n");
    // bash makes three words of --flag=value
    out.append("  if [ \"$cur\" = = ]; then cur=\n");
    out.append("  elif [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n");
    out.append("  local words= files=\n  COMPREPLY=()\n");
    out.append("  if [ \"$COMP_CWORD\" = 1 ]; then\n    words=\"");
    out.append(String.join(" ", table.commands().keySet()));
    out.append(" ").append(String.join(" ", flags(table.whole()))).append("\"\n");
    out.append("  else\n    case ${COMP_WORDS[1]}:$prev in\n");
    table.commands().forEach((name, usage) -> values(out, name, usage));
    out.append("      *) case ${COMP_WORDS[1]} in\n");
    for (Map.Entry<String, CommandUsage> entry : table.commands().entrySet()) {
      CommandUsage usage = entry.getValue();
      out.append("        ").append(entry.getKey()).append(") words=\"");
      out.append(String.join(" ", flags(usage)));
      table.words(usage).forEach(word -> out.append(" ").append(word));
      out.append(CommandTable.takesFiles(usage) ? "\"; files=1 ;;\n" : "\" ;;\n");
    }
    out.append("      esac ;;\n    esac\n  fi\n");
    out.append("  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n");
    out.append("  if [ -n \"$files\" ]; then COMPREPLY+=($(compgen -f -- \"$cur\")); fi\n");
    return out.append("}\ncomplete -o filenames -F _infermux infermux\n").toString();
  }

  private static void values(StringBuilder out, String name, CommandUsage usage) {
    for (Flag flag : usage.flags()) {
      if (!flag.value().isEmpty()) {
        String what =
            CommandTable.takesFiles(flag)
                ? "files=1"
                : "words=\"" + String.join(" ", CommandTable.choices(flag)) + "\"";
        for (String spelt : flag.names()) {
          out.append("      ").append(name).append(":").append(spelt).append(") ");
          out.append(what).append(" ;;\n");
        }
      }
    }
  }

  private static List<String> flags(CommandUsage usage) {
    return usage.flags().stream().flatMap(flag -> flag.names().stream()).toList();
  }
}
