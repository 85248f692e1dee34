package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** {@code infermux status}: the state of the providers, and an exit code for scripts. */
public final class StatusCommand implements Command {

  private static final List<Format> FORMATS = List.of(Format.TABLE, Format.JSON);
  private static final Flag FORMAT = Format.flag(FORMATS);
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux status",
          "Shows how the providers of a running server do.",
          List.of(ManagementClient.SERVER, ManagementClient.CA_FILE, FORMAT, Flag.HELP),
          List.of(
              "Variables: INFERMUX_SERVER, INFERMUX_MANAGEMENT_TOKEN.",
              "Exit codes: 0 all circuits closed, 1 some not closed, or bad arguments,",
              "2 the server cannot be reached or refuses."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    Format format = Format.of(arguments, FORMAT, FORMATS);
    ManagementClient api = ManagementClient.of(arguments, context);
    JsonNode providers = api.providers();
    List<ProviderTableRow> rows = ManagementClient.rows(providers);
    if (format == Format.TABLE) {
      print(rows, Instant.now(), context.out());
    } else {
      ObjectNode whole = ((ObjectNode) api.status()).set("providers", providers);
      context.out().print(format.text(whole));
      context.out().flush();
    }
    return rows.stream().allMatch(ProviderTableRow::closed) ? ExitCode.OK : ExitCode.CIRCUIT_OPEN;
  }

  static void print(List<ProviderTableRow> rows, Instant now, PrintWriter out) {
    Table table = new Table("PROVIDER", "TYPE", "STATE", "ERROR RATE", "P95 LATENCY", "RPM");
    for (ProviderTableRow row : rows) {
      table.add(
          row.name(),
          row.type(),
          row.circuit() + (row.open() ? "*" : "") + (row.healthy() ? "" : "!"),
          row.errorRate(),
          row.p95Latency(),
          row.requestsLastMinute());
    }
    table.print(out);
    List<ProviderTableRow> open = rows.stream().filter(ProviderTableRow::open).toList();
    for (ProviderTableRow row : open) {
      String whose = open.size() == 1 ? "" : row.name() + ": ";
      out.println("* " + whose + "circuit open; recovery " + row.untilRecovery(now));
    }
    for (ProviderTableRow row : rows) {
      if (!row.healthy()) {
        out.println("! " + row.name() + ": unhealthy; " + row.unhealthyReason());
      }
    }
  }
}
