package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each name of one dimension cost by hour of the latest two days, and by day of the latest
 * forty. Names beyond {@link #MOST} are summed under {@link Reports#OTHER}; a name that is silent
 * for forty days makes room.
 */
final class NamedSpend {

  static final int MOST = 200;
  private static final int HOURS = 48;
  private static final int DAYS = 40;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** By its name. */
  final Map<String, Rings> byName = new HashMap<>();

  private long lastDay;

  /** Of one name. */
  static final class Rings {
    final SpendRing hours = new SpendRing(HOUR, HOURS);
    final SpendRing days = new SpendRing(DAY, DAYS);
  }

  /**
   * Adds an amount.
   *
   * @param kept whether the name has its own however many there are
   */
  void add(String name, long atMillis, Usd cost, boolean kept) {
    if (cost.nanos() == 0) {
      return;
    }
    if (atMillis / DAY > lastDay) {
      lastDay = atMillis / DAY;
      byName.values().removeIf(rings -> rings.days.silent(atMillis));
    }
    Rings rings = of(name, kept);
    rings.hours.add(atMillis, cost);
    rings.days.add(atMillis, cost);
  }

  /** What belongs to a name. */
  Rings of(String name, boolean kept) {
    Rings known = byName.get(name);
    if (known != null) {
      return known;
    }
    String own = kept || byName.size() < MOST ? name : Reports.OTHER;
    return byName.computeIfAbsent(own, any -> new Rings());
  }

  /** So many hours or days up to {@code now}, of names that cost something in them. */
  Map<String, List<Usd>> latest(Instant now, boolean days, int count) {
    Map<String, List<Usd>> latest = new TreeMap<>();
    byName.forEach(
        (name, rings) ->
            latest.put(name, (days ? rings.days : rings.hours).latest(now.toEpochMilli(), count)));
    latest.values().removeIf(spent -> spent.stream().allMatch(Usd.ZERO::equals));
    return latest;
  }
}
