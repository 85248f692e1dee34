package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.time.Ticker;
import org.jspecify.annotations.Nullable;

/** What a reader of one stream has learned by now; the same for all dialects. One thread. */
public abstract class StreamProgress implements EventReader {

  protected final Attempt attempt;
  protected final ProviderFailures failures;
  private final Ticker ticker;
  private String model = "";
  private String finishReason = "";
  private @Nullable Usage usage;
  private @Nullable Failure failure;
  private long contentChars;
  private long firstTokenNanos;
  private int dropped;
  private boolean started;
  private boolean over;

  protected StreamProgress(Attempt attempt, ProviderFailures failures, Ticker ticker) {
    this.attempt = attempt;
    this.failures = failures;
    this.ticker = ticker;
  }

  /** An event for the caller was read. */
  protected final void began() {
    started = true;
  }

  /** The provider has named its model. */
  protected final void named(String name) {
    model = name;
  }

  /** So many characters of content were read, of whatever kind. */
  protected final void produced(long characters) {
    contentChars += characters;
    if (firstTokenNanos == 0 && characters > 0) {
      firstTokenNanos = ticker.nanos();
    }
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

  /** The provider gives a reason why the answer ends. */
  protected final void finished(String reason) {
    finishReason = reason;
  }

  /** Whether a reason has come. */
  protected final boolean finished() {
    return !finishReason.isEmpty();
  }

  /** A malformed event was left out. */
  protected final void malformed() {
    dropped++;
  }

  /** How many malformed events were left out. */
  protected final int leftOut() {
    return dropped;
  }

  /** The terminal event was read: the answer is whole. */
  protected final void whole() {
    over = true;
  }

  /** The stream failed. */
  protected final void failed(Failure why) {
    over = true;
    failure = why;
  }

  /** The connection ended before the terminal event. */
  protected final void cut(String how) {
    failed(
        started
            ? failures.cut("it " + how + " before its stream was complete")
            : failures.malformed(200, "a stream without a single event"));
  }

  @Override
  public final boolean started() {
    return started;
  }

  @Override
  public final boolean spoke() {
    return firstTokenNanos != 0 || finished();
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
        firstTokenNanos,
        dropped,
        ended,
        ServedBy.NONE,
        CallTotals.NONE);
  }
}
