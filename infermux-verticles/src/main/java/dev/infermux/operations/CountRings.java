package dev.infermux.operations;

import dev.infermux.inbound.management.view.TrafficReport.Series;

/** How often something happened, and how often it failed. */
record CountRings(CountRing all, CountRing errors) {

  CountRings() {
    this(new CountRing(), new CountRing());
  }

  void add(long step, boolean failed) {
    all.add(step);
    if (failed) {
      errors.add(step);
    }
  }

  Series upTo(long step, int many) {
    return new Series(all.upTo(step, many), errors.upTo(step, many));
  }
}
