package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.cli.ServerProcess;
import dev.infermux.testing.TestTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program that is attacked: TLS, keys, budgets in a file, all listeners, with the flags that
 * the start script gives it; {@code -Dhostile.java} has other flags.
 */
final class AttackedGateway implements AutoCloseable {

  static final String KEY = "the-key-of-honest-callers";

  private static final String FLAGS =
      System.getProperty(
          "hostile.java",
          "-Xms384m -Xmn160m -Xmx512m -XX:SurvivorRatio=6 -XX:TargetSurvivorRatio=90"
              + " -XX:MaxTenuringThreshold=3 -XX:MetaspaceSize=96m");

  private static final Pattern USED =
      Pattern.compile("(?i)(?:def ?new|tenured|garbage-first).*used (\\d+)K");

  private static final String MANAGEMENT = "management on http://";
  private static final String GRPC = "infermux gRPC listening on ";
  private static final double TICKS_PER_SECOND = 100;

  private final ServerProcess process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int api;
  private final int management;
  private final int grpc;

  private AttackedGateway(ServerProcess process) throws IOException {
    this.process = process;
    this.api = process.url().getPort();
    this.management = port(process.line().replaceFirst(MANAGEMENT, ""));
    this.grpc = port(process.line().replaceFirst(GRPC, ""));
  }

  static AttackedGateway start(Path directory, URI honest, int flood) throws IOException {
    Path file = directory.resolve("infermux.yml");
    Files.writeString(file, configuration(directory, honest, flood));
    return new AttackedGateway(
        ServerProcess.startOptimized(
            directory,
            Map.of(ServerProcess.JVM_FLAGS, "-Xlog:disable " + FLAGS),
            "serve",
            "--config",
            file.toString(),
            "--log-level",
            "error"));
  }

  private static String configuration(Path directory, URI honest, int flood) {
    return String.format(
        Locale.ROOT,
        """
        listen: "127.0.0.1:0"
        management_listen: "127.0.0.1:0"
        grpc_listen: "127.0.0.1:0"
        tls: { cert_file: "%s", key_file: "%s" }
        auth:
          mode: static_key
          keys:
            - { key: "%s", caller: honest }
            - { key: "%s", caller: attacker }
        limits: { max_buffered_bytes: 67108864 }
        budgets:
          state_file: "%s"
          callers: [{ caller: "*", monthly_usd: 1000000 }]
        providers:
          - name: upstream
            type: openai
            api_key: k
            base_url: "%s"
            models: [gpt-4o-mini]
            health_check: { disabled: true }
          - name: flood
            type: openai
            api_key: k
            base_url: "http://127.0.0.1:%d"
            models: [gpt-4o]
            health_check: { disabled: true }
        """,
        TestTls.file("server.pem"),
        TestTls.file("server.key"),
        KEY,
        AttackTexts.KEY,
        directory.resolve("budgets.json"),
        honest,
        flood);
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  int api() {
    return api;
  }

  /** As {@link Attackers} want it. */
  String target() {
    return "target " + api + " " + management + " " + grpc;
  }

  /** What a series of the metrics says. */
  double metric(String series) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + management + "/_infermux/metrics");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(UTF_8))
          .body()
          .lines()
          .filter(line -> line.startsWith(series + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no series " + series));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(series, e);
    }
  }

  /** Sockets of any kind that the process has open. */
  long sockets() {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      return open.filter(AttackedGateway::socket).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean socket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }

  /** CPU that the process has used, in seconds. */
  double cpuSeconds() {
    String[] words = proc("stat").replaceFirst(".*\\) ", "").split(" ");
    return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_PER_SECOND;
  }

  long residentMegabytes() {
    return proc("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        >> 10;
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What lives in the heap: after a collection of all garbage. */
  long liveMegabytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    String heap = jcmd("GC.heap_info");
    long kilobytes =
        USED.matcher(heap).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    return kilobytes >> 10;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process run = new ProcessBuilder(tool, Long.toString(process.pid()), command).start();
    String said = new String(run.getInputStream().readAllBytes(), UTF_8);
    run.waitFor();
    return said;
  }

  /** Drains and ends it; what it has written to standard error. */
  String end() throws IOException, InterruptedException {
    process.signal("TERM");
    int code = process.exitCode();
    String said = process.err();
    return code == 0 ? said : said + "\nexit code " + code;
  }

  @Override
  public void close() {
    process.close();
  }
}
