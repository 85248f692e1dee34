package dev.infermux.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of one pipeline that have not ended. Only its event loop touches it. */
final class CallsInFlight {

  private @Nullable CallContext first;
  private @Nullable Promise<Void> empty;

  void add(CallContext call) {
    CallContext second = first;
    call.next = second;
    if (second != null) {
      second.previous = call;
    }
    first = call;
  }

  void remove(CallContext call) {
    CallContext before = call.previous;
    CallContext after = call.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    call.previous = null;
    call.next = null;
    if (first == null && empty != null) {
      empty.tryComplete();
    }
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Ends all of them as if their callers had left; completes when none is left. */
  Future<Void> cancel() {
    List<CallContext> all = new ArrayList<>();
    for (CallContext call = first; call != null; call = call.next) {
      all.add(call);
    }
    Promise<Void> none = Promise.promise();
    empty = none;
    all.forEach(call -> call.call().cancellation().cancel());
    if (isEmpty()) {
      none.tryComplete();
    }
    return none.future();
  }
}
