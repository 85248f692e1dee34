package dev.infermux.ledger.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one caller spent in a month.
 *
 * @param byModel the dearest first
 */
public record CallerReport(String caller, Totals total, Map<String, Totals> byModel) {

  public CallerReport {
    byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
  }
}
