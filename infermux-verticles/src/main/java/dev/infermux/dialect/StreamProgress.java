package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ReportedName;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of one stream has learned by now; the same for all dialects. Whether the stream is
 * whole is decided here alone, by its {@link Completeness}. One thread.
 */
public abstract class StreamProgress implements EventReader {

  protected final Attempt attempt;
  protected final ProviderFailures failures;

  /** Whether each choice has ended. */
  protected final Completeness completeness;

  private final ChunkTimer chunks;
  private String model = "";
  private String finishReason = "";
  private @Nullable Usage usage;
  private @Nullable Failure failure;
  private long contentChars;
  private int dropped;
  private boolean started;
  private boolean over;

  /** Of an answer that has one choice. */
  protected StreamProgress(Attempt attempt, ProviderFailures failures, Ticker ticker) {
    this(attempt, failures, ticker, 1);
  }

  /**
   * Of any answer.
   *
   * @param choices how many were asked for
   */
  protected StreamProgress(
      Attempt attempt, ProviderFailures failures, Ticker ticker, long choices) {
    this.attempt = attempt;
    this.completeness = new Completeness(choices);
    this.failures = failures;
    this.chunks = new ChunkTimer(ticker);
  }

  /** An event for the caller was read. */
  protected final void began() {
    started = true;
  }

  /** The provider has named its model. */
  protected final void named(String name) {
    model = ReportedName.of(name);
  }

  /**
   * An event was read; to be called once for each.
   *
   * @param characters of its content, of whatever kind
   * @param speaks whether it has content of a kind that has no characters
   */
  protected final void produced(long characters, boolean speaks) {
    contentChars += characters;
    if (characters > 0 || speaks) {
      chunks.tick();
    }
  }

  /** Whether content has been read. */
  protected final boolean spoken() {
    return chunks.ticked();
  }

  /**
   * The provider has counted tokens.
   *
   * @param early whether it is sure of the prompt's and the answer goes on
   */
  protected final void counted(Usage report, boolean early) {
    usage = report.after(usage);
    if (early && usage.promptTokens() > 0) {
      attempt.progress().promptCounted(usage.promptTokens());
    }
  }

  /** What was counted by now, or null. */
  protected final @Nullable Usage usage() {
    return usage;
  }

  /**
   * The provider gives a reason why an answer of one choice ends; of several, the first one's.
   *
   * @param reason empty = none yet
   */
  protected final void finished(String reason) {
    if (!reason.isEmpty()) {
      finishReason = ReportedName.of(reason);
    }
  }

  /**
   * The only choice gives its reason to end; a word that is an error fails the stream.
   *
   * @param reason empty = none yet
   */
  protected final void ends(String reason) {
    finished(reason);
    completeness.ends(0, reason);
    if (Completeness.isError(reason)) {
      failed(failures.endedWith(reason));
    }
  }

  /** A malformed event was left out. */
  protected final void malformed() {
    dropped++;
  }

  /** How many malformed events were left out. */
  protected final int leftOut() {
    return dropped;
  }

  /** The stream failed. */
  protected final void failed(Failure why) {
    over = true;
    failure = why;
  }

  /**
   * The stream has said that it is over.
   *
   * @return whether it is whole; else it was cut
   */
  protected final boolean over(String how) {
    return conclude(completeness.whole(), how);
  }

  /**
   * The stream has ended without saying so.
   *
   * @return whether it is whole; else it was cut
   */
  protected final boolean ended(String how) {
    return conclude(completeness.complete(), how);
  }

  private boolean conclude(boolean whole, String how) {
    if (!started) {
      failed(failures.malformed(200, "a stream without a single event"));
    } else if (whole) {
      over = true;
    } else {
      failed(failures.cut("it " + how + " before its stream was complete"));
    }
    return failure == null;
  }

  @Override
  public final boolean started() {
    return started;
  }

  @Override
  public final boolean spoke() {
    return chunks.ticked() || !finishReason.isEmpty();
  }

  @Override
  public final boolean complete() {
    return !over && completeness.complete();
  }

  @Override
  public final boolean over() {
    return over;
  }

  @Override
  public final @Nullable Failure failure() {
    return failure;
  }

  @Override
  public final String model() {
    return model;
  }

  @Override
  public final End summary(@Nullable Failure ended) {
    return new End(
        model,
        usage,
        finishReason.isEmpty() ? null : finishReason,
        contentChars,
        chunks.firstNanos(),
        chunks.chunks(),
        dropped,
        ended,
        ServedBy.NONE,
        CallTotals.NONE);
  }
}
