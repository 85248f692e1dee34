package dev.infermux.cli.shell;

import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.Flag;
import java.util.Locale;

/** The manual page infermux(1), in the macros of man(7). */
final class ManPage {

  private final StringBuilder out = new StringBuilder();

  private ManPage() {}

  static String of(CommandTable table, String version) {
    ManPage page = new ManPage();
    page.line(".TH INFERMUX 1 \"\" \"InferMux " + version + "\" \"User Commands\"");
    page.line(".nh"); // names of files and variables stay whole
    page.heading("NAME");
    page.line("infermux \\- routes LLM requests to the providers that can answer them");
    page.heading("SYNOPSIS").line(".B infermux").line(".I COMMAND").line("[FLAGS]");
    page.heading("DESCRIPTION");
    page.text("A gateway between programs and model APIs, and the tools around it.");
    page.flags(table.whole());
    page.heading("COMMANDS");
    table.commands().forEach(page::command);
    page.heading("FILES").line(".TP").line(".I infermux.yml");
    page.text("The configuration, in the working directory where nothing else is named.");
    page.heading("SEE ALSO").text("The documentation of the project, docs/cli.md.");
    return page.out.toString();
  }

  private void command(String name, CommandUsage usage) {
    line(".SS \"" + escaped("infermux " + name + operand(usage)) + "\"");
    text(usage.description());
    flags(usage);
    if (!usage.footer().isEmpty()) {
      line(".PP");
      usage.footer().forEach(this::text);
    }
  }

  private static String operand(CommandUsage usage) {
    return " [FLAGS]" + (usage.operand().isEmpty() ? "" : " [" + usage.operand() + "]");
  }

  private void flags(CommandUsage usage) {
    for (Flag flag : usage.flags()) {
      String names = "\\fB" + escaped(String.join("\\fR, \\fB", flag.names())) + "\\fR";
      line(".TP").line(names + (flag.value().isEmpty() ? "" : " \\fI" + flag.value() + "\\fR"));
      text(flag.text());
    }
  }

  private ManPage heading(String name) {
    return line(".SH " + name.toUpperCase(Locale.ROOT));
  }

  private ManPage text(String text) {
    String safe = escaped(text);
    return line(safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe);
  }

  private ManPage line(String line) {
    out.append(line).append('\n');
    return this;
  }

  /** A hyphen that is typed is not one that is read. */
  private static String escaped(String text) {
    return text.replace("\\fR", "\u0001")
        .replace("\\fB", "\u0002")
        .replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("\u0001", "\\fR")
        .replace("\u0002", "\\fB");
  }
}
