package dev.infermux.ledger;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link Hammer} has reported, and what its ledger may contain after it: the records reach
 * the files in order, so it is what the last batch came to, or a later step of what followed.
 */
final class HammerReport {

  private final long opened;
  private final Map<String, Long> open = new HashMap<>();
  private final Set<Long> possible = new LinkedHashSet<>();
  private long spent;
  private int batches;

  HammerReport(long opened) {
    this.opened = opened;
    possible.add(opened);
  }

  long opened() {
    return opened;
  }

  /** How often everything was reported durable. */
  int batches() {
    return batches;
  }

  /** What was spent, with what was reserved and not settled counted as spent. */
  Set<Long> possible() {
    return possible;
  }

  void read(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "ok" -> {
        batches++;
        possible.clear();
      }
      case "r" -> open.put(words[1], Long.parseLong(words[2]));
      case "x" -> open.remove(words[1]);
      case "s" -> {
        open.remove(words[1]);
        spent += Long.parseLong(words[2]);
      }
      case "c" -> settlePart(words[1], Long.parseLong(words[2]));
      default -> throw new IllegalArgumentException(line);
    }
    possible.add(total());
  }

  /** The cost and the extension of the reservation are two records. */
  private void settlePart(String id, long cost) {
    long amount = open.get(id);
    spent += cost;
    open.put(id, amount - cost);
    possible.add(total());
    open.put(id, amount);
  }

  private long total() {
    return opened + spent + open.values().stream().mapToLong(Long::longValue).sum();
  }
}
