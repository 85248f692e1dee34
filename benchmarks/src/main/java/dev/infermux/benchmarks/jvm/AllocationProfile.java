package dev.infermux.benchmarks.jvm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a recorded JVM allocated: the share of each class, of each place, and of each of our own
 * methods on whose behalf a library did.
 */
public final class AllocationProfile {
  private static final String OURS = "dev.infermux.";
  private static final int DEEP = 64;

  private final Map<String, Double> classes = new HashMap<>();
  private final Map<String, Double> places = new HashMap<>();
  private final Map<String, Double> owners = new HashMap<>();
  private double all;

  private AllocationProfile() {}

  /** One line of a table: what, and its share of all bytes. */
  public record Share(String name, double share) {}

  /** Reads a recording. */
  public static AllocationProfile read(Path recording) throws IOException {
    var profile = new AllocationProfile();
    try (var file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals("jdk.ObjectAllocationSample")) {
          profile.add(event);
        }
      }
    }
    return profile;
  }

  private void add(RecordedEvent sample) {
    double weight = sample.getLong("weight");
    RecordedStackTrace trace = sample.getStackTrace();
    all += weight;
    classes.merge(sample.getClass("objectClass").getName(), weight, Double::sum);
    if (trace == null || trace.getFrames().isEmpty()) {
      return;
    }
    List<RecordedFrame> frames = trace.getFrames();
    places.merge(place(frames.get(0)), weight, Double::sum);
    String owner =
        frames.stream()
            .limit(DEEP)
            .map(AllocationProfile::place)
            .filter(place -> place.startsWith(OURS))
            .findFirst()
            .orElse("(none of ours)");
    owners.merge(owner, weight, Double::sum);
  }

  private static String place(RecordedFrame frame) {
    return frame.getMethod().getType().getName()
        + "."
        + frame.getMethod().getName()
        + ":"
        + frame.getLineNumber();
  }

  public List<Share> classes(int most) {
    return largest(classes, most);
  }

  public List<Share> places(int most) {
    return largest(places, most);
  }

  public List<Share> owners(int most) {
    return largest(owners, most);
  }

  private List<Share> largest(Map<String, Double> sums, int most) {
    return sums.entrySet().stream()
        .sorted(Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(entry -> new Share(entry.getKey(), entry.getValue() / all))
        .toList();
  }
}
