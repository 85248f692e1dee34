package dev.infermux.benchmarks.run;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The program behind {@code load.sh}. */
public final class LoadRun {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

  private LoadRun() {}

  /** Prints the tables and exits 0; 1 if something did not start or answer, 2 on bad arguments. */
  public static void main(String[] args) {
    RunExit.with(() -> run(args));
  }

  private static int run(String[] args) throws IOException, InterruptedException {
    Options options = Options.parse(args);
    Files.createDirectories(options.directory());
    if (options.profile()) {
      profile(options);
    } else {
      report(options, measure(options));
    }
    return 0;
  }

  private static void report(Options options, Results results) throws IOException {
    Path file = options.directory().resolve("results.json");
    Files.writeString(file, json().writeValueAsString(results));
    System.out.println(new Report(results).markdown());
    Progress.say("figures of every window: %s", file);
  }

  private static void profile(Options options) throws IOException, InterruptedException {
    try (Session session = Session.open(options)) {
      session.run();
      session.profiles().forEach(System.out::println);
    }
  }

  private static Results measure(Options options) throws IOException, InterruptedException {
    try (Session session = Session.open(options)) {
      session.run();
      return new Results(
          OffsetDateTime.now(ZoneOffset.UTC).format(WHEN),
          System.getProperty("command", "benchmarks/load.sh"),
          machine(),
          options.rate(),
          session.launches(),
          session.windows());
    }
  }

  private static Results.Machine machine() throws IOException {
    Optional<String> processor;
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      processor = lines.filter(line -> line.startsWith("model name")).findFirst();
    }
    int cpus = Integer.parseInt(System.getProperty("machine.cpus", "0"));
    return new Results.Machine(
        cpus > 0 ? cpus : Runtime.getRuntime().availableProcessors(),
        processor.map(line -> line.substring(line.indexOf(':') + 2)).orElse("unknown"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.version"));
  }

  private static JsonMapper json() {
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  }
}
