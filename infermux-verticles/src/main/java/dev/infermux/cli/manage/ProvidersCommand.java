package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import java.time.Instant;
import java.util.List;

/** {@code infermux providers}: lists providers and their health. */
public final class ProvidersCommand implements Command {

  private static final List<Format> FORMATS = List.of(Format.TABLE, Format.JSON, Format.YAML);
  private static final Flag FORMAT = Format.flag(FORMATS);
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux providers",
          "Lists the providers of a running server.",
          List.of(ManagementClient.SERVER, ManagementClient.CA_FILE, FORMAT, Flag.HELP),
          List.of(
              "Variables: INFERMUX_SERVER, INFERMUX_MANAGEMENT_TOKEN.",
              "Exit codes: 0 listed, 1 bad arguments, 2 the server cannot be reached or"
                  + " refuses."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    Format format = Format.of(arguments, FORMAT, FORMATS);
    JsonNode providers = ManagementClient.of(arguments, context).providers();
    if (format == Format.TABLE) {
      table(providers, Instant.now()).print(context.out());
    } else {
      context.out().print(format.text(providers));
      context.out().flush();
    }
    return ExitCode.OK;
  }

  private static Table table(JsonNode providers, Instant now) {
    Table table = new Table("PROVIDER", "TYPE", "MODELS", "HEALTHY", "CIRCUIT", "LAST CHECK");
    for (ProviderTableRow row : ManagementClient.rows(providers)) {
      table.add(
          row.name(),
          row.type(),
          row.models(),
          row.healthy() ? "yes" : "no (" + row.unhealthyReason() + ")",
          row.circuit(),
          row.lastCheck(now));
    }
    return table;
  }
}
