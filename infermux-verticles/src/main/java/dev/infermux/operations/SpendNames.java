package dev.infermux.operations;

import dev.infermux.inference.Usd;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Dollars by hour of each name of one kind; the names beyond the limit together. Thread-safe. */
final class SpendNames {

  static final int MOST = 200;
  private static final String NONE = "none";
  private static final String OTHER = "other";

  private final Map<String, SpendRing> byName = new ConcurrentHashMap<>();

  /**
   * Adds an amount.
   *
   * @param given empty counts as {@code none}, as in the ledger's reports
   */
  void add(String given, long hour, Usd amount) {
    String name = given.isEmpty() ? NONE : given;
    SpendRing known = byName.get(name);
    if (known == null) {
      String kept = byName.size() < MOST ? name : OTHER;
      known = byName.computeIfAbsent(kept, any -> new SpendRing());
    }
    known.add(hour, amount);
  }

  Map<String, List<Usd>> upTo(long hour) {
    Map<String, List<Usd>> spend = new TreeMap<>();
    byName.forEach((name, ring) -> spend.put(name, ring.upTo(hour)));
    spend.values().removeIf(hours -> hours.stream().allMatch(Usd.ZERO::equals));
    return spend;
  }
}
