package dev.infermux.cluster.postgres;

import io.vertx.pgclient.PgConnectOptions;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the database is, and how it is spoken to. One event loop's. */
final class PgAddress {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  private final PgConnectOptions options;

  /**
   * @throws IllegalArgumentException when it is no address of a PostgreSQL database
   */
  PgAddress(String url) {
    this.options =
        PgConnectOptions.fromUri(url).setReconnectAttempts(0).setCachePreparedStatements(true);
    Map<String, String> properties = new HashMap<>(options.getProperties());
    // PgBouncer takes no connection that sets what it does not know; no floats are read here.
    properties.remove("extra_float_digits");
    properties.replace("application_name", "vertx-pg-client", "infermux");
    options.setProperties(properties);
  }

  PgConnectOptions options() {
    return options;
  }

  /** Without the password. */
  String shown() {
    return options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
  }

  /** Whether a pooler is known to be there. */
  boolean behindPooler() {
    return options.getUseLayer7Proxy();
  }

  /**
   * A pooler may give each transaction another connection: prepared statements are used no more.
   */
  void pooled() {
    if (!behindPooler()) {
      options.setUseLayer7Proxy(true).setCachePreparedStatements(false);
      LOG.warn(
          "budgets.shared.url: {} is reached through a pooler such as PgBouncer: prepared"
              + " statements are not used, since its transaction mode loses them; that costs some"
              + " time a step",
          shown());
    }
  }
}
