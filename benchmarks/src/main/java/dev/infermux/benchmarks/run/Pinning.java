package dev.infermux.benchmarks.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Which CPU runs what. The mock and the load generator inherit those of this process, which {@code
 * load.sh} sets.
 *
 * @param gateway a list for {@code taskset}, for the gateway and nginx; empty = anywhere
 */
record Pinning(String gateway) {

  List<String> pinned(List<String> command) {
    List<String> all = new ArrayList<>();
    if (!gateway.isEmpty()) {
      all.addAll(List.of("taskset", "-c", gateway));
    }
    all.addAll(command);
    return List.copyOf(all);
  }
}
