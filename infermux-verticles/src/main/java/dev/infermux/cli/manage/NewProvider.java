package dev.infermux.cli.manage;

import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.ProviderFile;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider that is to be added, as the arguments describe it. */
final class NewProvider {

  private static final Flag TYPE =
      Flag.withValue("--type", "TYPE", "Its type, such as openai, anthropic or ollama.");
  private static final Flag BASE_URL =
      Flag.withValue("--base-url", "URL", "Where its API is. Default: the vendor's.");
  private static final Flag MODELS =
      Flag.withValue("--models", "NAMES", "Its models, with commas between. Default: any.");
  private static final Flag API_KEY_ENV =
      Flag.withValue(
          "--api-key-env", "VARIABLE", "The variable of this environment that has its key.");
  private static final Flag NODE_API_KEY_ENV =
      Flag.withValue(
          "--node-api-key-env",
          "VARIABLE",
          "The variable of each node that has its key; for nodes that share their budgets. It ends"
              + " in _API_KEY.");
  private static final Flag FILE =
      Flag.withValue(
          "--file",
          "FILE",
          "All its keys in YAML, as an item of providers has them; other flags go before it.");

  /** Those that describe one. */
  static final List<Flag> FLAGS =
      List.of(TYPE, BASE_URL, MODELS, API_KEY_ENV, NODE_API_KEY_ENV, FILE);

  private NewProvider() {}

  /**
   * As an item of {@code providers} has it.
   *
   * @param name null = that of the file
   */
  static JsonObject of(@Nullable String name, Arguments arguments, CommandContext context) {
    JsonObject block = new JsonObject();
    arguments.find(FILE).ifPresent(file -> block.mergeIn(read(file, context)));
    if (name != null) {
      block.put("name", name);
    } else if (!block.containsKey("name")) {
      throw new BadArguments("providers add: no name (expected: add NAME, or a --file with one)");
    }
    arguments.find(TYPE).ifPresent(type -> block.put("type", type));
    arguments.find(BASE_URL).ifPresent(url -> block.put("base_url", url));
    arguments.names(MODELS).ifPresent(names -> block.put("models", new JsonArray(names)));
    arguments.find(API_KEY_ENV).ifPresent(held -> block.put("api_key", key(held, context)));
    arguments
        .find(NODE_API_KEY_ENV)
        .ifPresent(variable -> block.put("api_key", "${" + variable + "}"));
    return block;
  }

  /** Only nodes that share their budgets fill variables of what is sent to them. */
  static void checkServer(Arguments arguments, ManagementClient server) {
    if (arguments.has(NODE_API_KEY_ENV) && !server.nodes().path("shared").asBoolean()) {
      throw new BadArguments(
          NODE_API_KEY_ENV.name()
              + ": the server shares its budgets with no other node (expected: "
              + API_KEY_ENV.name()
              + ")");
    }
  }

  private static String key(String variable, CommandContext context) {
    return context
        .variable(variable)
        .orElseThrow(
            () ->
                new BadArguments(
                    API_KEY_ENV.name()
                        + ": \""
                        + variable
                        + "\" is not set (expected: the name of a variable that has the key)"));
  }

  private static JsonObject read(String file, CommandContext context) {
    Vertx vertx = ProgramVertx.create();
    try {
      return Blocking.on(ProviderFile.read(vertx, Path.of(file), context.environment()));
    } catch (InvalidPathException e) {
      throw new BadArguments(FILE.name() + ": \"" + file + "\" (expected: a path)");
    } catch (IllegalArgumentException unusable) {
      throw new UserError(ExitCode.BAD_ARGUMENTS, String.valueOf(unusable.getMessage()));
    } finally {
      Blocking.on(vertx.close());
    }
  }
}
