package dev.infermux.cli.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The JVM: its version, its memory, and how many files it may have open. */
final class MachineCheck {

  private static final long MIB = 1024L * 1024;
  private static final long LITTLE_HEAP = 128 * MIB;

  /** Each call takes two, and a gateway keeps connections of callers open. */
  private static final long FEW_DESCRIPTORS = 4096;

  private MachineCheck() {}

  static List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    Runtime jvm = Runtime.getRuntime();
    found.add(memory(jvm.maxMemory(), jvm.availableProcessors()));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      found.add(descriptors(unix.getMaxFileDescriptorCount()));
    }
    return found;
  }

  static Finding memory(long heap, int processors) {
    String text =
        "Java "
            + Runtime.version().feature()
            + ", "
            + heap / MIB
            + " MiB of heap at most, "
            + processors
            + (processors == 1 ? " processor" : " processors");
    return heap < LITTLE_HEAP
        ? Finding.warn("jvm", text + " (expected: at least 128 MiB; set -Xmx, or give it more)")
        : Finding.ok("jvm", text);
  }

  static Finding descriptors(long most) {
    String text = most + " open files at most";
    return most < FEW_DESCRIPTORS
        ? Finding.warn(
            "descriptors", text + " (expected: at least " + FEW_DESCRIPTORS + "; raise ulimit -n)")
        : Finding.ok("descriptors", text);
  }
}
