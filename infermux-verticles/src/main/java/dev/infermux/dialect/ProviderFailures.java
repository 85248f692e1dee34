package dev.infermux.dialect;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.ReportedName;
import java.time.Duration;

/**
 * Words the failures of one provider; no host, address or key shows in them.
 *
 * @param path where the configuration has the provider, such as {@code providers[0]}; empty = not
 *     said
 */
public record ProviderFailures(String provider, String path) {

  /** The failures of a provider whose place in the configuration does not matter. */
  public ProviderFailures(String provider) {
    this(provider, "");
  }

  /** A limit of time that the configuration sets, by what is awaited. */
  public enum Limit {
    ANSWER("answer", "timeout"),
    FIRST_TOKEN("first token", "first_token_timeout"),
    EVENT("event", "stream_idle_timeout");

    private final String awaited;
    private final String key;

    Limit(String awaited, String key) {
      this.awaited = awaited;
      this.key = key;
    }
  }

  /** An answer that is not what the dialect promises. */
  public Failure malformed(int status, String found) {
    return new UpstreamError(FailureClass.MALFORMED, status, named(found), null);
  }

  /** An answer whose reason to end is an error. */
  public Failure endedWith(String reason) {
    String found = named("an answer that ended with \"" + ReportedName.of(reason) + "\"");
    return new UpstreamError(FailureClass.SERVER_ERROR, 200, found, null);
  }

  /** A bug of ours in reading an answer. */
  public Failure internal() {
    return new Failure.Internal(named("failed inside the gateway; see its log"));
  }

  /** A stream that stopped before its terminal event. */
  public Failure cut(String how) {
    return new UpstreamError(FailureClass.CUT, 200, named(how), null);
  }

  /** A stream in which nothing came for too long. */
  public Failure stalled(Duration limit) {
    return cut("it " + nothingFor(limit) + " before its stream was complete");
  }

  /** Starts a message about the provider. */
  public String named(String what) {
    return "provider \"" + provider + "\": " + what;
  }

  /** Nothing came for too long, and no answer has begun. */
  public Failure silent(Limit limit, Duration time) {
    String message = "no " + limit.awaited + " within " + text(time);
    return new UpstreamTimeout(named(message + key(limit, time)));
  }

  /** What a provider did whose stream has stopped. */
  public String nothingFor(Duration idle) {
    return "sent nothing for " + text(idle) + key(Limit.EVENT, idle);
  }

  /** The limit as the configuration has it: to change it one has to find it. */
  private String key(Limit limit, Duration time) {
    String place = path.isEmpty() ? "" : path + ".";
    return " (" + place + limit.key + ": " + text(time) + ")";
  }

  /** The connection ended after so long a silence that it was one, whoever ended it. */
  public Failure silentUntilItLeft(Duration silence) {
    String message = "ended its connection after " + silence.toSeconds() + "s of silence";
    return new UpstreamError(FailureClass.SILENCE, 0, named(message), null);
  }

  public Failure cancelled() {
    return new Failure.Cancelled(named("the caller left"));
  }

  /** No connection, or none any more, before an answer was complete. */
  public Failure lost(String reason) {
    return new UpstreamError(FailureClass.CONNECTION, 0, named(reason), null);
  }

  /** A limit in words. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
