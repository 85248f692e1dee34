package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program of this class path in a JVM of its own, with the flags of a gateway. */
final class ChildProgram {
  private ChildProgram() {}

  /**
   * Runs it to its end. It prints a line for each figure: a name, a tab, a number.
   *
   * @return what it printed, in the order in which it did
   */
  static Map<String, List<Double>> run(Options options, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms384m",
                "-Xmn160m",
                "-Xmx512m",
                "-XX:SurvivorRatio=6",
                "-XX:TargetSurvivorRatio=90",
                "-XX:MaxTenuringThreshold=3",
                "-cp",
                System.getProperty("java.class.path"),
                program));
    command.addAll(Arrays.asList(arguments));
    String simple = program.substring(program.lastIndexOf('.') + 1);
    Path log = options.directory().resolve(simple + ".log");
    Map<String, List<Double>> figures = new TreeMap<>();
    try (Launched launched = Launched.piped(options.pinning().pinned(command), log);
        var lines =
            new BufferedReader(new InputStreamReader(launched.process().getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          figures
              .computeIfAbsent(line.substring(0, tab), name -> new ArrayList<>())
              .add(Double.parseDouble(line.substring(tab + 1)));
        }
      }
      if (launched.process().waitFor() != 0) {
        throw new IOException(simple + " failed; see " + log);
      }
    }
    return figures;
  }
}
