package dev.infermux.operations;

import dev.infermux.inbound.management.view.RequestsView;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.spi.CallListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls that finished last, without content. Of several with one id, which callers
 * choose, the latest is kept. A flood of refusals replaces its own kind alone: they take at most a
 * fifth of the places. Thread-safe.
 */
public final class LastRequests implements RequestsView, CallListener {

  static final int DEFAULT_CAPACITY = 1_000;

  private final int capacity;
  private final Map<String, KeptCall> byId = new LinkedHashMap<>();
  private final BufferedBytes buffered;
  private final Set<String> refused = new LinkedHashSet<>();

  /** The place of a call that is kept no longer; the next one takes it. */
  private @Nullable KeptCall spare;

  private long textLength;

  public LastRequests(int capacity, BufferedBytes buffered) {
    this.capacity = capacity;
    this.buffered = buffered;
  }

  @Override
  public void finished(CallRecord record) {
    FinishedCall call = FinishedCall.of(record);
    String requestId = call.requestId();
    synchronized (byId) {
      long before = textLength;
      forget(requestId);
      keep(call);
      if (record.refused()) {
        refused.add(requestId);
      }
      if (refused.size() > Math.max(1, capacity / 5)) {
        forget(refused.iterator().next());
      }
      if (byId.size() > capacity) {
        forget(byId.keySet().iterator().next());
      }
      buffered.hold(BufferedKind.RECORDS, textLength - before);
    }
  }

  private void keep(FinishedCall call) {
    KeptCall kept = spare == null ? new KeptCall() : spare;
    spare = null;
    kept.keep(call);
    textLength += kept.textLength();
    byId.put(call.requestId(), kept);
  }

  private void forget(String requestId) {
    KeptCall gone = byId.remove(requestId);
    if (gone != null) {
      textLength -= gone.textLength();
      spare = gone;
    }
    refused.remove(requestId);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public List<FinishedCall> last(int limit) {
    List<FinishedCall> last = new ArrayList<>();
    synchronized (byId) {
      byId.values().stream()
          .skip(Math.max(0, byId.size() - limit))
          .forEach(kept -> last.add(kept.call()));
    }
    Collections.reverse(last);
    return List.copyOf(last);
  }

  @Override
  public Optional<FinishedCall> named(String requestId) {
    synchronized (byId) {
      return Optional.ofNullable(byId.get(requestId)).map(KeptCall::call);
    }
  }
}
