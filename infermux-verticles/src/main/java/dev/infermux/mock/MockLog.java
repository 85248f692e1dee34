package dev.infermux.mock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, bounded in number and in bytes. Safe on any thread. */
final class MockLog {

  private static final long MOST_BYTES = 64L << 20;

  private final Deque<MockRequest> requests = new ArrayDeque<>();
  private int most;
  private long bytes;
  private long count;

  MockLog(int most) {
    this.most = most;
  }

  synchronized void keep(int number) {
    most = number;
    trim();
  }

  synchronized void add(MockRequest request) {
    requests.add(request);
    bytes += request.bodyBytes();
    count++;
    trim();
  }

  synchronized List<MockRequest> all() {
    return List.copyOf(requests);
  }

  /** How many there were, those that are forgotten included. */
  synchronized long count() {
    return count;
  }

  synchronized void clear() {
    requests.clear();
    bytes = 0;
    count = 0;
  }

  private void trim() {
    while (requests.size() > most || (bytes > MOST_BYTES && requests.size() > 1)) {
      bytes -= requests.remove().bodyBytes();
    }
  }
}
