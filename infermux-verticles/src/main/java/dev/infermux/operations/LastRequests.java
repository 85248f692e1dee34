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

  public LastRequests(int capacity, BufferedBytes buffered) {
    this.capacity = capacity;
    this.buffered = buffered;
  }

  @Override
  public void finished(CallRecord record) {
    KeptCall kept = KeptCall.of(FinishedCall.of(record));
    FinishedCall call = kept.call();
    synchronized (byId) {
      forget(call.requestId());
      byId.put(call.requestId(), kept);
      buffered.hold(BufferedKind.RECORDS, kept.textLength());
      if (record.refused()) {
        refused.add(call.requestId());
      }
      if (refused.size() > Math.max(1, capacity / 5)) {
        forget(refused.iterator().next());
      }
      if (byId.size() > capacity) {
        forget(byId.keySet().iterator().next());
      }
    }
  }

  private void forget(String requestId) {
    KeptCall gone = byId.remove(requestId);
    if (gone != null) {
      buffered.release(BufferedKind.RECORDS, gone.textLength());
    }
    refused.remove(requestId);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public List<FinishedCall> last(int limit) {
    List<FinishedCall> all;
    synchronized (byId) {
      all = new ArrayList<>(byId.size());
      byId.values().forEach(kept -> all.add(kept.call()));
    }
    Collections.reverse(all);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  @Override
  public Optional<FinishedCall> named(String requestId) {
    synchronized (byId) {
      return Optional.ofNullable(byId.get(requestId)).map(KeptCall::call);
    }
  }
}
