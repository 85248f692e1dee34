package dev.infermux.cluster.postgres;

import io.vertx.pgclient.PgConnectOptions;
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
  }

  PgConnectOptions options() {
    return options;
  }

  /** Without the password. */
  String shown() {
    return options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
  }

  /** A pooler gives each transaction another connection: prepared statements are used no more. */
  void pooled() {
    if (!options.getUseLayer7Proxy()) {
      options.setUseLayer7Proxy(true).setCachePreparedStatements(false);
      LOG.warn(
          "{} is a pooler in transaction mode, such as PgBouncer: prepared statements are used no"
              + " more, which costs some time a step",
          shown());
    }
  }
}
