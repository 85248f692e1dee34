package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code infermux nodes}: lists the nodes that share the budgets, and ends one that is gone. */
public final class NodesCommand implements Command {

  private static final ServerWords WORDS = new ServerWords("nodes", "list | settle HOLDER");
  private static final Flag SPENT =
      Flag.withValue(
          "--spent",
          "USD",
          "What the node spent beyond what it told. Default: all that it was allowed.");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux nodes",
          WORDS.expected(),
          "Lists the nodes, and settles one that is gone for good.",
          List.of(
              SPENT,
              ManagementClient.SERVER,
              ManagementClient.CA_FILE,
              ServerWords.FORMAT,
              Flag.HELP),
          List.of(
              "settle is for a node whose disk is lost: its share stays counted until then.",
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
    if (WORDS.lists(words)) {
      list(server.nodes(), arguments, context);
    } else if (WORDS.says("settle", 1, words)) {
      JsonObject word = new JsonObject();
      arguments.find(SPENT).ifPresent(usd -> word.put("spent_usd", usd));
      JsonNode settled = server.settle(words.get(1), word);
      context.out().println("settled " + words.get(1) + ": " + usd(settled, "freed_usd") + " free");
    } else {
      throw WORDS.unknown(words);
    }
    return ExitCode.OK;
  }

  private static void list(JsonNode nodes, Arguments arguments, CommandContext context) {
    WORDS.print(nodes, NodesCommand::table, arguments, context);
    if (nodes.path("partial").asBoolean()) {
      context
          .err()
          .println(
              "infermux: nodes: the database that the nodes share does not answer: only those that"
                  + " this server hears are listed");
    }
  }

  private static Table table(JsonNode nodes) {
    return nodes.path("shared").asBoolean() && !nodes.path("partial").asBoolean()
        ? holders(nodes, Instant.now())
        : heard(nodes);
  }

  private static Table holders(JsonNode nodes, Instant now) {
    Table table =
        new Table(
            "HOLDER",
            "NODE",
            "STATE",
            "SEEN",
            "LEASES",
            "UNSETTLED",
            "BEHIND",
            "CHANGES",
            "VERSION");
    for (JsonNode node : nodes.path("holders")) {
      table.add(
          node.path("holder").asText(),
          named(node),
          node.path("state").asText(),
          ago(node.path("seen").asText(), now),
          node.path("leases").asText(),
          usd(node, "unsettled_usd"),
          node.path("backlog").asText(),
          changes(node),
          node.path("version").asText());
    }
    return table;
  }

  /** The version of what was changed while running that it has in force. */
  private static String changes(JsonNode node) {
    int problems = node.path("changes_problems").size();
    String version = node.path("changes_version").asText("-").replace("null", "-");
    return version
        + (node.path("changes_behind").asBoolean() ? " (behind)" : "")
        + (problems == 0 ? "" : " (" + problems + " not in force)");
  }

  /** Without shared budgets, or their database: those of the cluster that the server hears. */
  private static Table heard(JsonNode nodes) {
    Table table = new Table("NODE", "STARTED", "SILENT", "VERSION");
    for (JsonNode node : nodes.path("nodes")) {
      table.add(
          named(node),
          node.path("started_at").asText(),
          node.path("silent_ms").asText() + " ms",
          node.path("version").asText());
    }
    return table;
  }

  private static String named(JsonNode node) {
    return node.path("name").asText() + (node.path("self").asBoolean() ? " (this)" : "");
  }

  private static String ago(String seen, Instant now) {
    return Math.max(0, Duration.between(Instant.parse(seen), now).toSeconds()) + " s ago";
  }

  private static String usd(JsonNode node, String field) {
    return "$" + node.path(field).decimalValue().toPlainString();
  }
}
