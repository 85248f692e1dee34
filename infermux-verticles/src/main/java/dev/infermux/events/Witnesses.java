package dev.infermux.events;

import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.Witness;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The witnesses of finished calls, told in the order in which they were added. One that throws is
 * logged and ignored. Thread-safe: a call that is being told of keeps the list it began with.
 */
public final class Witnesses implements Witness {

  private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** Adds a witness after those that are there; the handle takes it out again. */
  public Subscription add(Witness witness) {
    Entry entry = new Entry(witness);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  @Override
  public void finished(CallRecord record) {
    for (Entry entry : entries) {
      try {
        entry.witness.finished(record);
      } catch (RuntimeException e) {
        LOG.warn("witness {} failed and is ignored", entry.witness.getClass().getName(), e);
      }
    }
  }

  /** Takes back one {@link #add}. */
  @FunctionalInterface
  public interface Subscription {

    /** Idempotent. */
    void cancel();
  }

  /** Tells apart two subscriptions of one witness. */
  private static final class Entry {
    private final Witness witness;

    Entry(Witness witness) {
      this.witness = witness;
    }
  }
}
