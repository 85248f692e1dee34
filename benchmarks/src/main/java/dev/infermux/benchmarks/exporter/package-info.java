/** What a run deploys into the gateway that it measures. Imported by that run. */
@NullMarked
package dev.infermux.benchmarks.exporter;

import org.jspecify.annotations.NullMarked;
