package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.args.Arguments;
import dev.infermux.cli.args.Flag;
import dev.infermux.cli.args.Usage;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Surroundings;
import java.time.Instant;
import java.util.List;

/** {@code infermux providers}: who there is, and whether they are well. */
public final class ProvidersCommand implements Command {

  private static final List<Format> FORMATS = List.of(Format.TABLE, Format.JSON, Format.YAML);
  private static final Flag FORMAT = Format.flag(FORMATS);
  private static final Usage USAGE =
      new Usage(
          "infermux providers",
          "Lists the providers of a running server.",
          List.of(ManagementApi.SERVER, FORMAT, Flag.HELP),
          List.of(
              "Variables: INFERMUX_SERVER, INFERMUX_MANAGEMENT_TOKEN.",
              "Exit codes: 0 listed, 1 bad arguments, 2 the server can not be reached or"
                  + " refuses."));

  @Override
  public Usage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    Format format = Format.of(arguments, FORMAT, FORMATS);
    JsonNode providers = ManagementApi.of(arguments, surroundings).providers();
    if (format == Format.TABLE) {
      table(providers, Instant.now()).print(surroundings.out());
    } else {
      surroundings.out().print(format.text(providers));
      surroundings.out().flush();
    }
    return ExitCode.OK;
  }

  private static Table table(JsonNode providers, Instant now) {
    Table table = new Table("PROVIDER", "TYPE", "MODELS", "HEALTHY", "CIRCUIT", "LAST CHECK");
    for (ProviderRow row : ManagementApi.rows(providers)) {
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
