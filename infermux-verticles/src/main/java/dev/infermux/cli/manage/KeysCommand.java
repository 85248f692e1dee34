package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.StreamSupport;

/** {@code infermux keys}: makes, lists and revokes keys of callers on a running server. */
public final class KeysCommand implements Command {

  private static final ServerWords WORDS = new ServerWords("keys", "list | create | revoke ID");
  private static final Flag CALLER =
      Flag.withValue("--caller", "NAME", "Whom the calls of the new key are put down to.");
  private static final Flag PROJECT = Flag.withValue("--project", "NAME", "And to which project.");
  private static final Flag ENV = Flag.withValue("--env", "NAME", "And to which environment.");
  private static final Flag MODELS =
      Flag.withValue(
          "--models", "NAMES", "What it may ask for, with commas between. Default: all.");
  private static final Flag EXPIRES_IN =
      Flag.withValue("--expires-in", "DURATION", "When it ends, such as 720h. Default: never.");
  private static final Flag EXPIRES_AT =
      Flag.withValue("--expires-at", "TIME", "The same as a time, such as 2030-01-31T12:00:00Z.");
  private static final Flag MONTHLY_USD =
      Flag.withValue("--monthly-usd", "USD", "What its caller may spend in a month.");
  private static final Flag RPM =
      Flag.withValue("--requests-per-minute", "N", "Calls of its caller in a minute.");
  private static final Flag TPM =
      Flag.withValue("--tokens-per-minute", "N", "Tokens of its caller in a minute.");
  private static final Flag MAX_IN_FLIGHT =
      Flag.withValue("--max-in-flight", "N", "Calls of its caller at once.");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux keys",
          WORDS.expected(),
          "Makes, lists and revokes keys of callers on a running server.",
          List.of(
              CALLER,
              PROJECT,
              ENV,
              MODELS,
              EXPIRES_IN,
              EXPIRES_AT,
              MONTHLY_USD,
              BudgetsCommand.ACTION,
              BudgetsCommand.MODEL_OVERRIDE,
              RPM,
              TPM,
              MAX_IN_FLIGHT,
              ManagementClient.SERVER,
              ManagementClient.CA_FILE,
              ServerWords.FORMAT,
              Flag.HELP),
          List.of(
              "create prints the key alone on standard output: it is shown this once.",
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
      WORDS.print(server.keys(), KeysCommand::table, arguments, context);
    } else if (words.equals(List.of("create"))) {
      create(server.createKey(request(arguments)), context);
    } else if (WORDS.says("revoke", 1, words)) {
      server.revokeKey(words.get(1));
      context.out().println("revoked " + words.get(1));
    } else {
      throw WORDS.unknown(words);
    }
    return ExitCode.OK;
  }

  private static void create(JsonNode made, CommandContext context) {
    made.path("warnings").forEach(line -> context.err().println("warning: " + line.asText()));
    context
        .err()
        .println("key " + made.path("id").asText() + " of " + made.path("caller").asText());
    context.out().println(made.path("key").asText());
  }

  private static JsonObject request(Arguments arguments) {
    JsonObject request = new JsonObject().put("caller", arguments.required(CALLER));
    arguments.find(PROJECT).ifPresent(name -> request.put("project", name));
    arguments.find(ENV).ifPresent(name -> request.put("env", name));
    arguments.names(MODELS).ifPresent(names -> request.put("models", new JsonArray(names)));
    arguments.find(EXPIRES_IN).ifPresent(time -> request.put("expires_in", time));
    arguments.find(EXPIRES_AT).ifPresent(time -> request.put("expires_at", time));
    JsonObject budget = BudgetsCommand.action(arguments);
    arguments.find(MONTHLY_USD).ifPresent(usd -> budget.put("monthly_usd", usd));
    if (!budget.isEmpty()) {
      request.put("budget", budget);
    }
    JsonObject limits = new JsonObject();
    arguments.find(RPM).ifPresent(n -> limits.put("requests_per_minute", n));
    arguments.find(TPM).ifPresent(n -> limits.put("tokens_per_minute", n));
    arguments.find(MAX_IN_FLIGHT).ifPresent(n -> limits.put("max_in_flight", n));
    return limits.isEmpty() ? request : request.put("limits", limits);
  }

  private static Table table(JsonNode keys) {
    Table table = new Table("ID", "CALLER", "KEY", "MODELS", "BUDGET", "EXPIRES");
    for (JsonNode key : keys.path("keys")) {
      JsonNode models = key.path("models");
      table.add(
          key.path("id").asText(),
          key.path("caller").asText(),
          "…" + key.path("hint").asText(),
          models.isEmpty() ? "all" : String.join(", ", names(models)),
          key.path("budget").path("monthly_usd").asText("-"),
          key.path("expires_at").isNull() ? "never" : key.path("expires_at").asText());
    }
    return table;
  }

  private static List<String> names(JsonNode models) {
    return StreamSupport.stream(models.spliterator(), false).map(JsonNode::asText).toList();
  }
}
