package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code infermux budgets}: lists, sets and takes back budgets on a running server. */
public final class BudgetsCommand implements Command {

  private static final ServerWords WORDS =
      new ServerWords("budgets", "list | set CALLER USD | remove CALLER");
  static final Flag ACTION =
      Flag.withValue(
          "--action", "ACTION", "hard_stop, alert or model_override. Default: hard_stop.");
  static final Flag MODEL_OVERRIDE =
      Flag.withValue(
          "--model-override", "MODEL", "The cheaper model, for the action model_override.");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux budgets",
          WORDS.expected(),
          "Lists the budgets of callers, sets and takes them back on a running server.",
          List.of(
              ACTION,
              MODEL_OVERRIDE,
              ManagementClient.SERVER,
              ManagementClient.CA_FILE,
              ServerWords.FORMAT,
              Flag.HELP),
          List.of(
              "set counts in place of what the file or a key says, until remove; \"*\" is each",
              "caller without a budget of its own. With budgets.shared it is for all nodes.",
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
      WORDS.print(server.budgets(), BudgetsCommand::table, arguments, context);
    } else if (WORDS.says("set", 2, words)) {
      JsonNode set = server.setBudget(request(words.get(1), words.get(2), arguments));
      set.path("warnings").forEach(line -> context.err().println("warning: " + line.asText()));
      context.out().println(line(set));
    } else if (WORDS.says("remove", 1, words)) {
      JsonNode left = server.removeBudget(words.get(1)).path("budget");
      context.out().println(left.isObject() ? line(left) : words.get(1) + ": no budget of its own");
    } else {
      throw WORDS.unknown(words);
    }
    return ExitCode.OK;
  }

  private static JsonObject request(String caller, String usd, Arguments arguments) {
    JsonObject request = new JsonObject().put("caller", caller).put("monthly_usd", usd);
    return request.mergeIn(action(arguments));
  }

  /** What happens where the budget is spent, as far as it is said. */
  static JsonObject action(Arguments arguments) {
    JsonObject action = new JsonObject();
    arguments.find(ACTION).ifPresent(name -> action.put("action", name));
    arguments.find(MODEL_OVERRIDE).ifPresent(model -> action.put("model_override", model));
    return action;
  }

  private static String line(JsonNode budget) {
    return budget.path("caller").asText()
        + ": $"
        + budget.path("monthly_usd").asText()
        + " a month, "
        + budget.path("action").asText()
        + " ("
        + budget.path("origin").asText()
        + ")";
  }

  private static Table table(JsonNode budgets) {
    Table table = new Table("CALLER", "MONTHLY", "ACTION", "MODEL OVERRIDE", "ORIGIN");
    for (JsonNode budget : budgets.path("budgets")) {
      table.add(
          budget.path("caller").asText(),
          "$" + budget.path("monthly_usd").asText(),
          budget.path("action").asText(),
          budget.path("model_override").isNull() ? "-" : budget.path("model_override").asText(),
          budget.path("origin").asText());
    }
    return table;
  }
}
