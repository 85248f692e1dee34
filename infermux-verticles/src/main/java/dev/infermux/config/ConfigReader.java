package dev.infermux.config;

import dev.infermux.config.schema.KeyTable;
import dev.infermux.config.schema.SchemaWriter;
import dev.infermux.config.tree.Problem;
import dev.infermux.config.tree.ProblemReport;
import dev.infermux.config.tree.Tree;
import dev.infermux.config.yaml.FileProblem;
import dev.infermux.config.yaml.YamlFileStoreFactory;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a configuration, from a file or from what is built in. */
public final class ConfigReader {
  /** The default path of the configuration file. */
  public static final Path DEFAULT_FILE = Path.of("infermux.yml");

  private ConfigReader() {}

  /**
   * Reads a file. The future fails for bugs only: all that a user can get wrong is a result.
   *
   * <p>Each reading goes through vertx-config anew, so a first load and a reload are the same.
   */
  public static Future<ConfigResult> read(Vertx vertx, Path file, ReadOptions options) {
    return yaml(vertx, file)
        .map(json -> read(json, options))
        .recover(failure -> refused(file, failure));
  }

  /** The file's keys and texts; fails with a {@link FileProblem}. */
  static Future<JsonObject> yaml(Vertx vertx, Path file) {
    ConfigRetriever retriever =
        ConfigRetriever.create(
            vertx,
            new ConfigRetrieverOptions()
                .setIncludeDefaultStores(false)
                .setScanPeriod(0)
                .addStore(YamlFileStoreFactory.options(file)));
    return retriever.getConfig().eventually(retriever::close);
  }

  /** Reads what another format or program made; substitution and all checks as for a file. */
  public static ConfigResult read(JsonObject json, ReadOptions options) {
    ProblemReport report = new ProblemReport(options.strict(), options.toServe());
    Tree tree = Tree.of(json, options.environment(), report);
    options.overrides().applyTo(tree);
    Config config = ConfigFile.read(tree.root());
    if (!report.problems().isEmpty()) {
      return new ConfigResult.Invalid(report.problems(), report.warnings(), report.unusable());
    }
    List<String> notices = NotYetActive.notices(tree.root());
    return new ConfigResult.Loaded(config, report.warnings(), notices);
  }

  /**
   * Checks a configuration that was built in code by the rules of the file. It may be without
   * providers, which may join later.
   *
   * @throws ConfigException with all that is wrong
   */
  public static void check(Config config) {
    ConfigResult result = read(ConfigAsFile.json(config), ReadOptions.of(Map.of()));
    if (result instanceof ConfigResult.Invalid invalid) {
      List<String> problems =
          invalid.problems().stream()
              .filter(problem -> !problem.path().equals("providers"))
              .map(Problem::text)
              .toList();
      if (!problems.isEmpty()) {
        throw new ConfigException(problems);
      }
    }
  }

  /**
   * Reads one provider, as an item of {@code providers} has it, that is to join a configuration. An
   * unknown key is a problem, and a dollar is a dollar: what others send must not read this
   * program's variables.
   */
  public static ConfigResult provider(JsonObject block, Config inForce) {
    JsonObject plain = new JsonObject(block.encode().replace("$", "$$"));
    return joining(plain, inForce, Map.of());
  }

  /**
   * The same of a provider that all nodes shall have: its credentials are variables whose names end
   * in {@code _API_KEY}, which each node fills from its own environment.
   */
  public static ConfigResult sharedProvider(
      JsonObject block, Config inForce, Map<String, String> environment) {
    SharedSecrets secrets = new SharedSecrets(environment);
    JsonObject checked = secrets.checked(block);
    return secrets.problems().isEmpty()
        ? joining(checked, inForce, environment)
        : new ConfigResult.Invalid(secrets.problems(), List.of(), List.of());
  }

  private static ConfigResult joining(
      JsonObject block, Config inForce, Map<String, String> environment) {
    JsonObject file =
        new JsonObject()
            .put("providers", new JsonArray().add(block))
            .put("circuit_breaker", ProviderAsFile.circuit(inForce.circuit()).map());
    return read(file, new ReadOptions(environment, Overrides.of(Map.of()), true, true));
  }

  /** What runs without a file: the echo provider, with the overrides that there are. */
  public static ConfigResult builtIn(ReadOptions options) {
    JsonObject echo =
        new JsonObject()
            .put("name", "echo")
            .put("type", "echo")
            .put("models", new JsonArray().add("echo-v1"));
    return read(new JsonObject().put("providers", new JsonArray().add(echo)), options);
  }

  /** The JSON Schema of the file, as it is shipped at {@code /dev/infermux/config/}. */
  static JsonObject schema() {
    return SchemaWriter.document("InferMux configuration (infermux.yml)", ConfigFile.BLOCK);
  }

  /** The table of keys, as it is in the docs. */
  static String keyTable() {
    return KeyTable.markdown(ConfigFile.BLOCK);
  }

  private static Future<ConfigResult> refused(Path file, Throwable failure) {
    if (failure instanceof FileProblem problem) {
      String reason = file + ": " + problem.getMessage();
      return Future.succeededFuture(
          problem.stage() == FileProblem.Stage.OPENING
              ? new ConfigResult.NotFound(reason)
              : new ConfigResult.Malformed(reason));
    }
    return Future.failedFuture(failure);
  }
}
