package dev.infermux.inbound.management.view;

import dev.infermux.inference.Usd;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was spent. Months are calendar months in UTC; maps have the dearest first. */
public interface CostsView {

  /** Longest span of a series, in hours. */
  int MOST_HOURS = 40 * 24;

  /** The same where a bucket is not a number of whole hours. */
  int MOST_FINE_HOURS = 25;

  /**
   * The same for one question.
   *
   * @param nodeAlone whether it is of this node alone, rather than of all that share the budgets
   */
  default CostsView scoped(boolean nodeAlone) {
    return this;
  }

  /** Whether answers so far are of this node alone because the others could not be asked. */
  default boolean partial() {
    return false;
  }

  YearMonth currentMonth();

  Future<Month> month(YearMonth period);

  Future<Map<String, Spend>> by(Split split, YearMonth period);

  /**
   * Callers that spent something, and in the current month also those with a budget of their own.
   */
  Future<List<Caller>> callers(YearMonth period);

  /** Empty for a caller that is not among {@link #callers}. */
  Future<Optional<Caller>> caller(String caller, YearMonth period);

  /** Buckets up to now, empty ones included, the current one last. */
  Future<List<Point>> timeseries(Duration span, Duration bucket);

  /** By what a month is split. */
  enum Split {
    MODEL,
    GROUP,
    PROJECT
  }

  /**
   * A sum.
   *
   * @param requests calls that were charged
   */
  record Spend(Usd usd, long requests, long promptTokens, long completionTokens) {
    public static final Spend NOTHING = new Spend(Usd.ZERO, 0, 0, 0);
  }

  /** Everybody's. */
  record Month(Spend total, Map<String, Spend> byProvider, Map<String, Spend> byModel) {
    public Month {
      byProvider = Collections.unmodifiableMap(new LinkedHashMap<>(byProvider));
      byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
    }
  }

  /**
   * One caller's.
   *
   * @param budget null without one, and for months that are over
   * @param reserved what calls in flight may cost at most
   * @param remaining what is left of it, with what is reserved taken off
   */
  record Caller(
      String name,
      Spend total,
      @Nullable Usd budget,
      @Nullable Usd reserved,
      @Nullable Usd remaining,
      Map<String, Spend> byModel) {
    public Caller {
      byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
    }
  }

  /** One bucket's. */
  record Point(Instant start, Spend spend) {}
}
