package dev.infermux.cluster.postgres;

import dev.infermux.config.schema.ServiceUrls;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the database is, and how it is spoken to. One event loop's. */
final class PgAddress {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  private static final String UNUSABLE =
      "budgets.shared.url: a value that is not shown (expected: "
          + ServiceUrls.POSTGRES_EXPECTED
          + ")";

  private final PgConnectOptions options;

  /**
   * @throws IllegalArgumentException when it is no address of a PostgreSQL database
   */
  PgAddress(String url) {
    this.options = parsed(url).setReconnectAttempts(0).setCachePreparedStatements(true);
    // Those of the url are in place of the driver's own, and not beside them.
    Map<String, String> properties = new HashMap<>(PgConnectOptions.DEFAULT_PROPERTIES);
    properties.putAll(options.getProperties());
    // PgBouncer takes no connection that sets what it does not know; no floats are read here.
    properties.remove("extra_float_digits");
    properties.replace("application_name", "vertx-pg-client", "infermux");
    options.setProperties(properties);
    if (options.getSslMode() != SslMode.DISABLE) {
      options.setSslOptions(PgTls.of(options.getSslMode(), url));
    }
  }

  /** The driver's own message and causes show the password. */
  private static PgConnectOptions parsed(String url) {
    if (!ServiceUrls.isPostgres(url)) {
      throw new IllegalArgumentException(UNUSABLE);
    }
    try {
      return PgConnectOptions.fromUri(url);
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(UNUSABLE);
    }
  }

  PgConnectOptions options() {
    return options;
  }

  /** Without the password. */
  String shown() {
    String host = options.getHost();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return shown + ":" + options.getPort() + "/" + options.getDatabase();
  }

  /** Whether a pooler is known to be there. */
  boolean behindPooler() {
    return options.getUseLayer7Proxy();
  }

  /**
   * A pooler may give each transaction another connection: prepared statements are used no more,
   * and nothing is listened for.
   */
  void pooled() {
    if (!behindPooler()) {
      options.setUseLayer7Proxy(true).setCachePreparedStatements(false);
      LOG.warn(
          "budgets.shared.url: {} is reached through a pooler such as PgBouncer: prepared"
              + " statements are not used, since its transaction mode loses them; that costs some"
              + " time a step, and without cluster this node does not hear at once that another one"
              + " waits for money",
          shown());
    }
  }
}
