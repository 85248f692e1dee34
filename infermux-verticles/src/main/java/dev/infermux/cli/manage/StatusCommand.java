package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.cli.args.Arguments;
import dev.infermux.cli.args.Flag;
import dev.infermux.cli.args.Usage;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Surroundings;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** {@code infermux status}: how the providers do, and an exit code that a script can go by. */
public final class StatusCommand implements Command {

  private static final List<Format> FORMATS = List.of(Format.TABLE, Format.JSON);
  private static final Flag FORMAT = Format.flag(FORMATS);
  private static final Usage USAGE =
      new Usage(
          "infermux status",
          "Shows how the providers of a running server do.",
          List.of(ManagementApi.SERVER, FORMAT, Flag.HELP),
          List.of(
              "Variables: INFERMUX_SERVER, INFERMUX_MANAGEMENT_TOKEN.",
              "Exit codes: 0 all circuits closed, 1 some not closed, or bad arguments,",
              "2 the server can not be reached or refuses."));

  @Override
  public Usage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    Format format = Format.of(arguments, FORMAT, FORMATS);
    ManagementApi api = ManagementApi.of(arguments, surroundings);
    JsonNode providers = api.providers();
    List<ProviderRow> rows = ManagementApi.rows(providers);
    if (format == Format.TABLE) {
      print(rows, Instant.now(), surroundings.out());
    } else {
      ObjectNode whole = ((ObjectNode) api.status()).set("providers", providers);
      surroundings.out().print(format.text(whole));
      surroundings.out().flush();
    }
    return rows.stream().allMatch(ProviderRow::closed) ? ExitCode.OK : ExitCode.CIRCUIT_OPEN;
  }

  static void print(List<ProviderRow> rows, Instant now, PrintWriter out) {
    Table table = new Table("PROVIDER", "TYPE", "STATE", "ERROR RATE", "P95 LATENCY", "RPM");
    for (ProviderRow row : rows) {
      table.add(
          row.name(),
          row.type(),
          row.circuit() + (row.open() ? "*" : "") + (row.healthy() ? "" : "!"),
          row.errorRate(),
          row.p95Latency(),
          row.requestsLastMinute());
    }
    table.print(out);
    List<ProviderRow> open = rows.stream().filter(ProviderRow::open).toList();
    for (ProviderRow row : open) {
      String whose = open.size() == 1 ? "" : row.name() + ": ";
      out.println("* " + whose + "circuit open; recovery " + row.untilRecovery(now));
    }
    for (ProviderRow row : rows) {
      if (!row.healthy()) {
        out.println("! " + row.name() + ": unhealthy; " + row.unhealthyReason());
      }
    }
  }
}
