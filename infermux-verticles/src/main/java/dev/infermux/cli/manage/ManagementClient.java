package dev.infermux.cli.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.RemoteServer;
import dev.infermux.cli.process.UserError;
import dev.infermux.network.Network;
import dev.infermux.network.NetworkOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The management API of the server that a command was pointed at. */
final class ManagementClient {

  static final Flag SERVER =
      Flag.withValue(
          "--server",
          "URL",
          "The management API's server. Default: INFERMUX_SERVER, else http://localhost:8080.");

  static final Flag CA_FILE =
      Flag.withValue(
          "--ca-file",
          "FILE",
          "Certificates, PEM, to trust beside the system's. Default: SSL_CERT_FILE.");

  private static final String DEFAULT_SERVER = "http://localhost:8080";

  private final RemoteServer server;

  private ManagementClient(RemoteServer server) {
    this.server = server;
  }

  static ManagementClient of(Arguments arguments, CommandContext context) {
    String url =
        arguments.find(SERVER).or(() -> context.variable("INFERMUX_SERVER")).orElse(DEFAULT_SERVER);
    String token = context.variable("INFERMUX_MANAGEMENT_TOKEN").orElse("");
    NetworkOptions own =
        NetworkOptions.defaults().withCaFile(arguments.find(CA_FILE).map(Path::of).orElse(null));
    Network network = Network.of(context.environment(), System.getProperties());
    return new ManagementClient(new RemoteServer(url, token, ExitCode.NO_ANSWER, network, own));
  }

  /**
   * The gateway as a whole.
   *
   * @throws UserError when it does not answer
   */
  JsonNode status() {
    return server.read("/_infermux/status");
  }

  /**
   * The providers, as the server wrote them.
   *
   * @throws UserError when it does not answer
   */
  JsonNode providers() {
    return server.read("/_infermux/providers");
  }

  /**
   * Has the configuration read again.
   *
   * @throws UserError when it does not answer, or rejects the configuration
   */
  JsonNode reload() {
    return server.post("/_infermux/reload", new byte[0]);
  }

  /** Adds a provider; answers with its row. */
  JsonNode addProvider(JsonObject block) {
    return server.post("/_infermux/providers", block.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a provider out; answers with what is under way there. */
  JsonNode removeProvider(String name) {
    return server.delete("/_infermux/providers/" + segment(name));
  }

  /** Makes a key; the answer alone has it. */
  JsonNode createKey(JsonObject request) {
    return server.post("/_infermux/keys", request.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** The keys that were made while the server runs. */
  JsonNode keys() {
    return server.read("/_infermux/keys");
  }

  /** Ends a key. */
  void revokeKey(String id) {
    server.delete("/_infermux/keys/" + segment(id));
  }

  /** The budgets in force. */
  JsonNode budgets() {
    return server.read("/_infermux/budgets");
  }

  /** Sets a budget; answers with its row. */
  JsonNode setBudget(JsonObject request) {
    return server.post("/_infermux/budgets", request.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Takes back what was set; answers with what counts now. */
  JsonNode removeBudget(String caller) {
    return server.delete("/_infermux/budgets/" + segment(caller));
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The nodes that share the budgets. */
  JsonNode nodes() {
    return server.read("/_infermux/nodes");
  }

  /** Ends a node by the operator's word. */
  JsonNode settle(String holder, JsonObject word) {
    return server.post(
        "/_infermux/nodes/" + URLEncoder.encode(holder, StandardCharsets.UTF_8) + "/settle",
        word.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Providers, row by row. */
  static List<ProviderTableRow> rows(JsonNode providers) {
    return StreamSupport.stream(providers.spliterator(), false).map(ProviderTableRow::new).toList();
  }
}
