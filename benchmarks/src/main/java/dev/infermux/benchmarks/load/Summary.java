package dev.infermux.benchmarks.load;

/** Percentiles of durations, in microseconds; NaN where there was nothing to measure. */
public record Summary(int count, double p50, double p90, double p99, double p999, double max) {}
