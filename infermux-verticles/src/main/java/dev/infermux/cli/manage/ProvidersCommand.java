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
import java.util.stream.Stream;

/** {@code infermux providers}: lists providers and their health, adds and removes them. */
public final class ProvidersCommand implements Command {

  private static final ServerWords WORDS =
      new ServerWords("providers", "list | add NAME | remove NAME");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux providers",
          WORDS.expected(),
          "Lists the providers of a running server, adds one, or removes one.",
          Stream.of(
                  NewProvider.FLAGS,
                  List.of(
                      ManagementClient.SERVER,
                      ManagementClient.CA_FILE,
                      ServerWords.FORMAT,
                      Flag.HELP))
              .flatMap(List::stream)
              .toList(),
          List.of(
              "add takes --type, --base-url, --models and --api-key-env, or a --file. What is",
              "added stays until it is removed or the server ends; calls under way at a provider",
              "that is removed may end. With budgets.shared both are for all nodes, and last.",
              "Variables: INFERMUX_SERVER, INFERMUX_MANAGEMENT_TOKEN.",
              "Exit codes: 0 done, 1 bad arguments, 2 the server cannot be reached or refuses."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    List<String> words = arguments.words();
    ManagementClient server = ManagementClient.of(arguments, context);
    String name = words.size() == 2 ? words.get(1) : null;
    if (WORDS.lists(words)) {
      WORDS.print(server.providers(), listed -> table(listed, Instant.now()), arguments, context);
    } else if (words.get(0).equals("add") && words.size() <= 2) {
      NewProvider.checkServer(arguments, server);
      JsonNode added = server.addProvider(NewProvider.of(name, arguments, context));
      context.out().println("added " + added.path("name").asText());
      added.path("warnings").forEach(line -> context.err().println("warning: " + line.asText()));
    } else if (WORDS.says("remove", 1, words)) {
      int inFlight = server.removeProvider(words.get(1)).path("in_flight").asInt();
      context
          .out()
          .println(
              "removed "
                  + words.get(1)
                  + (inFlight == 0 ? "" : ", " + inFlight + " calls there may end"));
    } else {
      throw WORDS.unknown(words);
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
