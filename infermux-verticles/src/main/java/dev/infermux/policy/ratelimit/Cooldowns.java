package dev.infermux.policy.ratelimit;

import dev.infermux.inference.Exclusion;
import dev.infermux.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said of single models, and of its credential, that is no failure of its own.
 *
 * <p>A rate limit closes one model until the provider's reset. One without a reset closes nothing:
 * the provider is passed over for it as long as somebody else serves the model, for 5 s at first
 * and up to 60 s while it repeats. A spent account closes all models for a minute. A model that is
 * not known is passed over for a minute. Nothing counts for more than an hour, and nothing that is
 * said to a key of a caller's belongs here.
 *
 * <p>Safe on any thread. While nothing was said it reads no clock and allocates nothing.
 */
public final class Cooldowns {

  /** Models of which something is remembered; their names come from callers. */
  static final int MOST_MODELS = 256;

  static final Duration LONGEST = Duration.ofHours(1);

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Ticker ticker;
  private final long start;
  private final Map<String, ModelCooldown> models = new ConcurrentHashMap<>();
  private final LimitedListener listener;

  /** When the credential may be used again; 0 where it always might. */
  private volatile long credentialUntil;

  /** Makes one in which nothing was said. */
  public Cooldowns(Ticker ticker) {
    this(ticker, LimitedListener.NONE);
  }

  /**
   * The same with somebody who hears of resets.
   *
   * @param listener called on the thread that notes one
   */
  public Cooldowns(Ticker ticker, LimitedListener listener) {
    this.ticker = ticker;
    this.listener = listener;
    this.start = ticker.nanos();
  }

  /**
   * The provider takes no more of a model for now. Of two such answers the one that lasts longer
   * holds.
   *
   * @param reset how long; null when it does not say
   */
  public void limited(String model, @Nullable Duration reset) {
    long now = now();
    long wait = reset == null ? 0 : bounded(reset);
    note(
        model,
        fact -> wait > 0 ? ModelCooldown.closed(fact, now, wait) : ModelCooldown.pause(fact, now));
    if (wait > 0) {
      listener.limited(model, Duration.ofNanos(wait));
    }
  }

  /**
   * The provider has told another node with the same credential to wait. What others say closes a
   * model for a minute at most: if the provider still means it then, it says so itself.
   */
  public void told(String model, Duration reset) {
    long now = now();
    long wait = Math.min(MINUTE, bounded(reset));
    if (wait > 0) {
      note(model, fact -> ModelCooldown.closed(fact, now, wait));
    }
  }

  /** The account behind the credential is spent. */
  public void spent() {
    credentialUntil = now() + MINUTE;
  }

  /** The provider does not know the model. */
  public void unknown(String model) {
    long now = now();
    note(model, fact -> ModelCooldown.unknown(fact, now, MINUTE));
  }

  /**
   * The provider answered: what it said of the model before is over.
   *
   * @param askedNanos on the ticker, when it was asked
   */
  public void answered(String model, long askedNanos) {
    ModelCooldown fact = models.isEmpty() ? null : models.get(model);
    if (fact != null && fact.reason().hint() && askedNanos - start >= fact.since()) {
      models.remove(model, fact);
    }
  }

  /** Why an attempt at a model would be refused, or would better go elsewhere; null if neither. */
  public @Nullable Exclusion exclusion(String model) {
    long credential = credentialUntil;
    if (credential == 0 && models.isEmpty()) {
      return null;
    }
    long now = now();
    if (now < credential) {
      return Exclusion.QUOTA;
    }
    ModelCooldown fact = models.get(model);
    if (fact != null && fact.forgotten(now)) {
      models.remove(model, fact);
    }
    return fact != null && fact.holds(now) ? fact.reason() : null;
  }

  /** How long that will be so; zero when it is not. */
  public Duration left(String model) {
    long now = now();
    ModelCooldown fact = models.get(model);
    long until = Math.max(credentialUntil, fact == null ? now : fact.until());
    return Duration.ofNanos(Math.max(now, until) - now);
  }

  /** Whether it closed a model, or all of them, just now. */
  public boolean closed() {
    long now = now();
    return now < credentialUntil || models.values().stream().anyMatch(fact -> fact.closes(now));
  }

  /** All that counts now: what is about all models first, then by model. */
  public List<Cooldown> current() {
    long now = now();
    List<Cooldown> current = new ArrayList<>();
    models.forEach(
        (model, fact) -> {
          if (fact.holds(now)) {
            current.add(new Cooldown(model, fact.reason(), Duration.ofNanos(fact.until() - now)));
          }
        });
    long credential = credentialUntil;
    if (now < credential) {
      current.add(new Cooldown("", Exclusion.QUOTA, Duration.ofNanos(credential - now)));
    }
    current.sort(Comparator.comparing(Cooldown::model));
    return List.copyOf(current);
  }

  /** Forgets everything. */
  public void clear() {
    credentialUntil = 0;
    models.clear();
  }

  private void note(String model, UnaryOperator<ModelCooldown> next) {
    if (models.size() >= MOST_MODELS && !models.containsKey(model)) {
      makeRoom();
    }
    models.compute(model, (name, fact) -> next.apply(fact));
  }

  /** What is over goes, else what would be over first. */
  private void makeRoom() {
    long now = now();
    models.values().removeIf(fact -> fact.forgotten(now));
    if (models.size() >= MOST_MODELS) {
      models.entrySet().stream()
          .min(Map.Entry.comparingByValue(Comparator.comparingLong(ModelCooldown::until)))
          .ifPresent(first -> models.remove(first.getKey(), first.getValue()));
    }
  }

  private static long bounded(Duration wait) {
    return (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toNanos();
  }

  private long now() {
    return ticker.nanos() - start + 1;
  }
}
