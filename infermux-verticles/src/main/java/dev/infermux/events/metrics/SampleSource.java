package dev.infermux.events.metrics;

/** Writes the samples of a metric as they are now, without a copy of them for the library. */
@FunctionalInterface
interface SampleSource {

  /** {@code name} is that of the samples. */
  void write(String name, SampleText samples);
}
