package dev.infermux.config.block;

import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Kind;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Shape.One;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inference.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code management}: who may use it. */
public final class ManagementBlock {
  private static final ManagementOptions DEFAULTS = ManagementOptions.defaults();
  private static final String A_TOKEN =
      "a token without white space, such as that of: openssl rand -hex 32; or no token";
  private static final Kind<String> HOST = Texts.name(253);

  private static final Key<Secret> TOKEN =
      Key.optional(
          "token",
          Texts.token(),
          "What all but `health` and `ready` need as bearer token;"
              + " `INFERMUX_MANAGEMENT_TOKEN` wins over it.");
  private static final Key<Boolean> OPEN =
      Key.of(
          "open",
          Texts.flag(),
          DEFAULTS.open(),
          "Whether without a token other machines may do everything.");
  private static final Part HOSTS =
      Part.of(
          "hosts",
          new ListOf(new One(HOST)),
          "Names by which this server is asked without a token; addresses and `localhost` always"
              + " are.");

  public static final Block BLOCK = Block.of(TOKEN, OPEN, HOSTS);

  private ManagementBlock() {}

  public static ManagementOptions read(Fields fields) {
    Node token = fields.at(TOKEN);
    if (token.unset()) {
      token.report().unlocked(token.path(), "empty, since its variable is not set", A_TOKEN);
    } else if (token.text().filter(String::isEmpty).isPresent()) {
      token.report().problem(token.path(), "\"\"", A_TOKEN);
    }
    return new ManagementOptions(
        fields.find(TOKEN).orElse(null), fields.get(OPEN), hosts(fields.at(HOSTS)));
  }

  private static List<String> hosts(Node node) {
    List<String> hosts = new ArrayList<>();
    for (Node item : node.items()) {
      item.need(HOST)
          .ifPresent(
              host -> {
                if (!host.matches("[A-Za-z0-9._-]+")) {
                  item.refuse("a name such as infermux.internal, without scheme and port");
                }
                hosts.add(host.toLowerCase(Locale.ROOT));
              });
    }
    return hosts;
  }
}
