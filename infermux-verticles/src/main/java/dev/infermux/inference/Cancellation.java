package dev.infermux.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one signal that a caller has left. Any thread may cancel; handlers run once, on the thread
 * that cancels, or at once when registered too late.
 */
public final class Cancellation {

  private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

  private static final List<Runnable> CANCELLED = List.of();

  private final AtomicReference<List<Runnable>> handlers =
      new AtomicReference<>(new ArrayList<>(0));

  /** Registers what has to be undone; the handle takes it back. */
  public Registration onCancel(Runnable handler) {
    while (true) {
      List<Runnable> before = requireNonNull(handlers.get());
      if (before == CANCELLED) {
        handler.run();
        return () -> {};
      }
      List<Runnable> after = new ArrayList<>(before.size() + 1);
      after.addAll(before);
      after.add(handler);
      if (handlers.compareAndSet(before, after)) {
        return () -> forget(handler);
      }
    }
  }

  /** A cancellation of its own that is also cancelled with this one. */
  public Cancellation child() {
    Cancellation child = new Cancellation();
    onCancel(child::cancel);
    return child;
  }

  public boolean isCancelled() {
    return handlers.get() == CANCELLED;
  }

  /** Idempotent. */
  public void cancel() {
    List<Runnable> toRun = requireNonNull(handlers.getAndSet(CANCELLED));
    toRun.forEach(Cancellation::undo);
  }

  /** One that throws must not keep the others from what they have to undo. */
  private static void undo(Runnable handler) {
    try {
      handler.run();
    } catch (Throwable bug) {
      LOG.error("a bug in what ends a call", bug);
    }
  }

  private void forget(Runnable handler) {
    while (true) {
      List<Runnable> before = requireNonNull(handlers.get());
      if (before == CANCELLED) {
        return;
      }
      List<Runnable> after = new ArrayList<>(before);
      after.remove(handler);
      if (handlers.compareAndSet(before, after)) {
        return;
      }
    }
  }

  /** A handler's registration. */
  public interface Registration {
    void remove();
  }
}
