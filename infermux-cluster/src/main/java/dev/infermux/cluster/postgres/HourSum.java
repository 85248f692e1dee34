package dev.infermux.cluster.postgres;

import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Costs of one hour that have everything else in common, and what they come to. */
final class HourSum {

  private static final long HOUR_MILLIS = 3_600_000;

  final Of of;
  final List<SharedEntry> costs = new ArrayList<>();
  long nanos;
  long requests;
  long promptTokens;
  long completionTokens;

  private HourSum(Of of) {
    this.of = of;
  }

  /** What a row of sums is of; hours are those of UTC. */
  record Of(
      long hourMillis, String caller, String project, String group, String provider, String model) {

    private static Of entry(LedgerEntry entry) {
      CostEntry cost = entry.entry();
      return new Of(
          Math.floorDiv(entry.atMillis(), HOUR_MILLIS) * HOUR_MILLIS,
          entry.caller(),
          cost.project(),
          cost.group(),
          cost.provider(),
          cost.model());
    }
  }

  static Collection<HourSum> of(List<SharedEntry> entries) {
    Map<Of, HourSum> sums = new LinkedHashMap<>();
    for (SharedEntry entry : entries) {
      sums.computeIfAbsent(Of.entry(entry.entry()), HourSum::new).add(entry);
    }
    return sums.values();
  }

  private void add(SharedEntry entry) {
    CostEntry cost = entry.entry().entry();
    costs.add(entry);
    nanos = Math.addExact(nanos, cost.cost().nanos());
    requests += entry.entry().last() ? 1 : 0;
    promptTokens = Math.addExact(promptTokens, cost.promptTokens());
    completionTokens = Math.addExact(completionTokens, cost.completionTokens());
  }
}
