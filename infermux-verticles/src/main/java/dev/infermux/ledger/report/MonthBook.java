package dev.infermux.ledger.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was spent in one month. */
final class MonthBook {

  final Sum total = new Sum();
  final Names<CallerBook> callers = new Names<>(CallerBook::new);

  /** All but the callers. */
  final Map<Dimension, Names<Sum>> others = new EnumMap<>(Dimension.class);

  MonthBook() {
    for (Dimension dimension : Dimension.values()) {
      if (dimension != Dimension.CALLER) {
        others.put(dimension, new Names<>(Sum::new));
      }
    }
  }

  void add(Line line, ReportLimits limits) {
    total.add(line);
    CallerBook caller = caller(line.caller(), limits);
    caller.sum.add(line);
    caller.models.of(line.entry().model(), limits.modelsPerCaller()).add(line);
    others.forEach(
        (dimension, names) -> names.of(dimension.nameIn(line), limits.names()).add(line));
  }

  CallerBook caller(String name, ReportLimits limits) {
    return callers.of(name, limits.callers(), limits.named()::contains);
  }

  Map<String, Tally> by(Dimension dimension) {
    Names<Sum> names = others.get(dimension);
    return names == null
        ? callers.tallies(caller -> caller.sum.tally())
        : names.tallies(Sum::tally);
  }

  Optional<CallerReport> caller(String name) {
    CallerBook book = callers.find(name);
    return book == null
        ? Optional.empty()
        : Optional.of(new CallerReport(name, book.sum.tally(), book.models.tallies(Sum::tally)));
  }
}
