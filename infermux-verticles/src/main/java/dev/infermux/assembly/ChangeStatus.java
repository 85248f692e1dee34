package dev.infermux.assembly;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.inbound.management.view.ChangesReport;
import dev.infermux.time.Ticker;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this node is with what was changed for all nodes, for operators: in the log when that
 * changes, in metrics and reports. Safe on any thread.
 */
final class ChangeStatus {

  /** For how long a node that cannot read them wants no calls. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger("infermux.nodes");
  private static final long NONE = -1;

  private final Ticker ticker;
  private boolean shared;
  private boolean silent;
  private long since;
  private long heardAt;
  private boolean confirmed;
  private long version = NONE;
  private long newest;
  private List<String> problems = List.of();

  ChangeStatus(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Its metrics are there once it has begun. */
  void register(Metrics metrics) {
    metrics.gauge(
        "infermux_changes_version",
        "The version of the changes made while running that this node has in force.",
        () -> Math.max(0, version()));
    metrics.gauge(
        "infermux_changes_newest",
        "The newest version that this node has read of.",
        () -> report().newest());
    metrics.gauge(
        "infermux_changes_problems",
        "Changes that this node could not bring into force.",
        () -> problems().size());
    metrics.gauge(
        "infermux_changes_read_age_seconds",
        "Since this node has last read what was changed.",
        () -> report().age().toMillis() / 1e3);
  }

  synchronized void begin(long now) {
    shared = true;
    since = now;
    heardAt = now;
  }

  /** The version in force; negative before the first. */
  synchronized long version() {
    return version;
  }

  /** The version that need not be read again; negative where there is none. */
  synchronized long known() {
    return confirmed ? version : NONE;
  }

  /** Whether what is in force is what the store has said. */
  synchronized boolean confirmed() {
    return confirmed;
  }

  synchronized List<String> problems() {
    return problems;
  }

  synchronized void heard(long version, long now) {
    newest = version;
    heardAt = now;
    if (silent) {
      silent = false;
      LOG.warn("changes of other nodes are read again");
    }
  }

  synchronized void silent(Throwable cause) {
    if (!silent) {
      silent = true;
      LOG.error(
          "changes of other nodes cannot be read, those that are known stay in force: {}",
          cause.getMessage());
    }
  }

  synchronized void inForce(long version, List<String> found) {
    if (this.version != version) {
      LOG.info("changes made while running: version {} is in force", version);
    }
    this.version = version;
    confirmed = true;
    problems(found);
  }

  /** What was in force in an earlier run is so until the store is heard. */
  synchronized void unconfirmed(long version, List<String> found) {
    LOG.warn(
        "changes made while running: version {} of the last run is in force until the database"
            + " answers",
        version);
    this.version = version;
    problems(found);
  }

  synchronized void problems(List<String> found) {
    found.stream()
        .filter(problem -> !problems.contains(problem))
        .forEach(problem -> LOG.error("not in force at this node: {}", problem));
    problems = List.copyOf(found);
  }

  synchronized void failed(long version, Throwable cause) {
    problems(List.of("version " + version + ": " + cause.getMessage()));
  }

  /** Why no calls are wanted yet; empty when they are. */
  synchronized String obstacle() {
    boolean waiting = shared && version == NONE && ticker.nanos() - since < LONGEST_WAIT.toNanos();
    return waiting ? "reading what was changed while other nodes ran" : "";
  }

  synchronized ChangesReport report() {
    return new ChangesReport(
        Math.max(0, version),
        newest,
        Duration.ofNanos(ticker.nanos() - heardAt),
        !confirmed || silent,
        problems);
  }
}
