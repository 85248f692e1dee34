package dev.infermux.inbound.management.view;

import java.time.Duration;
import java.util.List;

/**
 * How far a node is with what was changed for all nodes while they run.
 *
 * @param version that it has in force
 * @param newest that it knows of
 * @param age since it has read them
 * @param silent whether they cannot be read for now
 * @param problems what it could not bring into force
 */
public record ChangesReport(
    long version, long newest, Duration age, boolean silent, List<String> problems) {

  public ChangesReport {
    problems = List.copyOf(problems);
  }
}
