package dev.infermux.policy.health;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers the last health check of one provider. Safe on any thread. */
public final class Health {

  private final AtomicReference<HealthView> view = new AtomicReference<>(HealthView.UNCHECKED);

  public boolean healthy() {
    return view().healthy();
  }

  public HealthView view() {
    return java.util.Objects.requireNonNull(view.get());
  }

  /** Records a check that succeeded; true when that changed the health. */
  public boolean succeeded(Instant at) {
    return flipped(new HealthView(true, "", at));
  }

  /** Records a check that failed; true when that changed the health. */
  public boolean failed(String reason, Instant at) {
    return flipped(new HealthView(false, reason, at));
  }

  private boolean flipped(HealthView now) {
    HealthView before = view.getAndSet(now);
    return before == null || before.healthy() != now.healthy();
  }
}
