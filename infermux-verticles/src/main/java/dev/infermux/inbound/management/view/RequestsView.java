package dev.infermux.inbound.management.view;

import dev.infermux.inference.record.FinishedCall;
import java.util.List;
import java.util.Optional;

/** The calls that finished last, without their content. */
public interface RequestsView {

  /** How many are kept. */
  int capacity();

  /** The latest first. */
  List<FinishedCall> last(int limit);

  /** Empty when it is not among those that are kept. */
  Optional<FinishedCall> named(String requestId);
}
