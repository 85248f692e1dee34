package dev.infermux.ledger.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something for each name; names beyond a cap share what is under {@link Reports#OTHER}. */
final class BoundedNames<T> {

  private final Map<String, T> byName = new HashMap<>();
  private final Supplier<T> fresh;
  private int capped;

  BoundedNames(Supplier<T> fresh) {
    this.fresh = fresh;
  }

  /**
   * What belongs to a name.
   *
   * @param most how many names there may be
   * @param kept names that have their own without counting
   */
  T of(String name, int most, Predicate<String> kept) {
    T known = byName.get(name);
    if (known != null) {
      return known;
    }
    boolean keep = kept.test(name) || name.equals(Reports.OTHER);
    if (!keep && capped >= most) {
      return of(Reports.OTHER, most, kept);
    }
    capped += keep ? 0 : 1;
    T made = fresh.get();
    byName.put(name, made);
    return made;
  }

  @Nullable T find(String name) {
    return byName.get(name);
  }

  void forEach(BiConsumer<String, T> action) {
    byName.forEach(action);
  }

  /** The dearest first, then by name. */
  Map<String, Totals> tallies(Function<T, Totals> tally) {
    Map<String, Totals> sorted = new LinkedHashMap<>();
    byName.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), tally.apply(entry.getValue())))
        .sorted(
            Comparator.<Map.Entry<String, Totals>>comparingLong(
                    entry -> -entry.getValue().usd().nanos())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
