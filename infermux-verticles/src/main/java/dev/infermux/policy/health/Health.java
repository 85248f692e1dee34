package dev.infermux.policy.health;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Remembers the last health check of one provider. Safe on any thread. */
public final class Health {

  private final AtomicReference<HealthView> view = new AtomicReference<>(HealthView.UNCHECKED);
  private volatile @Nullable Runnable onAnswer;
  private volatile List<String> models = List.of();
  private volatile String advice = "";

  public boolean healthy() {
    return view().healthy();
  }

  public HealthView view() {
    return java.util.Objects.requireNonNull(view.get());
  }

  /** Records a check that succeeded; true when that changed the health. */
  public boolean succeeded(Instant at) {
    return flipped(new HealthView(true, "", advice, at));
  }

  /** Records a check that failed; true when that changed the health. */
  public boolean failed(String reason, Instant at) {
    return flipped(new HealthView(false, reason, advice, at));
  }

  /** Records an answer to a real call, which says more than a check; for an unhealthy provider. */
  public void answered(Instant at) {
    if (succeeded(at)) {
      Runnable told = onAnswer;
      if (told != null) {
        told.run();
      }
    }
  }

  /** Runs when an answer has made the provider healthy, on the thread of the call. */
  public void onAnswer(Runnable told) {
    onAnswer = told;
  }

  /** Keeps the models that the provider has named; a list without any says nothing. */
  public void listed(List<String> names) {
    if (!names.isEmpty()) {
      models = List.copyOf(names);
    }
  }

  /**
   * Keeps what about the provider's configuration seems wrong, empty for nothing; it shows with the
   * next result. True when that is news.
   */
  public boolean advised(String found) {
    boolean news = !found.equals(advice);
    advice = found;
    return news;
  }

  /** The models of the provider's own list; empty where none is known. */
  public List<String> models() {
    return models;
  }

  private boolean flipped(HealthView now) {
    HealthView before = view.getAndSet(now);
    return before == null || before.healthy() != now.healthy();
  }
}
