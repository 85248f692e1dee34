package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import java.io.PrintWriter;
import java.util.List;

/** {@code infermux reload}: has a running server read its configuration again. */
public final class ReloadCommand implements Command {

  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux reload",
          "Has a running server read its configuration again.",
          List.of(ManagementClient.SERVER, ManagementClient.CA_FILE, Flag.HELP),
          List.of(
              "A configuration that is not valid changes nothing.",
              "Variables: INFERMUX_SERVER, INFERMUX_MANAGEMENT_TOKEN.",
              "Exit codes: 0 it is in force, 1 bad arguments, 2 it is rejected, or the server",
              "cannot be reached or refuses."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    JsonNode outcome = ManagementClient.of(arguments, context).reload();
    PrintWriter out = context.out();
    out.println(outcome.path("status").asText() + ": " + outcome.path("source").asText());
    names(out, "changed", outcome.path("changed"));
    outcome
        .path("providers")
        .properties()
        .forEach(list -> names(out, "providers " + list.getKey(), list.getValue()));
    for (JsonNode waiting : outcome.path("needs_restart")) {
      out.println(
          "needs a restart: "
              + waiting.path("key").asText()
              + " ("
              + waiting.path("why").asText()
              + ")");
    }
    outcome
        .path("warnings")
        .forEach(warning -> context.err().println("warning: " + warning.asText()));
    return ExitCode.OK;
  }

  private static void names(PrintWriter out, String what, JsonNode names) {
    names.forEach(name -> out.println(what + ": " + name.asText()));
  }
}
