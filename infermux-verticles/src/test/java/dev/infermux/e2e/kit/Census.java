package dev.infermux.e2e.kit;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive in this JVM after a full collection.
 *
 * @param bytes of all objects
 * @param instances by name of their class
 */
public record Census(long bytes, Map<String, Long> instances) {

  public Census {
    instances = Map.copyOf(instances);
  }

  /** Collects and counts; takes some tenths of a second. */
  public static Census take() {
    try {
      String histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      return parse(histogram);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Census parse(String histogram) {
    Map<String, Long> instances = new HashMap<>();
    long bytes = 0;
    for (String line : histogram.lines().toList()) {
      List<String> columns = List.of(line.strip().split("\\s+", -1));
      if (columns.get(0).equals("Total")) {
        bytes = Long.parseLong(columns.get(2));
      } else if (columns.get(0).matches("\\d+:")) {
        instances.merge(columns.get(3), Long.parseLong(columns.get(1)), Long::sum);
      }
    }
    return new Census(bytes, instances);
  }

  /**
   * The classes of which there are more now: by half, and by 60.
   *
   * @param counted the names of classes that count
   */
  public Map<String, String> grownTo(Census now, Predicate<String> counted) {
    Map<String, String> grown = new TreeMap<>();
    now.instances.forEach(
        (name, count) -> {
          long before = instances.getOrDefault(name, 0L);
          if (counted.test(name) && count > before + before / 2 + 60) {
            grown.put(name, before + " to " + count);
          }
        });
    return grown;
  }
}
