package dev.infermux.ledger;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link Hammer} has said of itself, and what its ledger may say after it: the records reach
 * the files in order, so it is what the last batch came to, or a later step of what followed.
 */
final class Said {

  private final long opened;
  private final Map<String, Long> open = new HashMap<>();
  private final Set<Long> possible = new LinkedHashSet<>();
  private long spent;
  private int batches;

  Said(long opened) {
    this.opened = opened;
    possible.add(opened);
  }

  long opened() {
    return opened;
  }

  /** How often everything was said to be recorded. */
  int batches() {
    return batches;
  }

  /** What was spent, with what was reserved and not settled counted as spent. */
  Set<Long> possible() {
    return possible;
  }

  void hear(String line) {
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
      case "c" -> charge(words[1], Long.parseLong(words[2]));
      default -> throw new IllegalArgumentException(line);
    }
    possible.add(total());
  }

  /** The charge and the renewal of the hold are two records. */
  private void charge(String id, long cost) {
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
