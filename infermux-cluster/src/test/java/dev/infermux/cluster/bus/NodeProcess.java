package dev.infermux.cluster.bus;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code infermux serve} in a JVM of its own, as a node. */
public final class NodeProcess implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(90);

  private final Process process;
  private final Path out;
  private final HttpClient client = HttpClient.newHttpClient();

  private NodeProcess(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  /** Starts one with this configuration, in a folder of its own. */
  static NodeProcess start(Path folder, String configuration) throws IOException {
    return start(Program.TESTED, folder, configuration);
  }

  static NodeProcess start(List<String> within, Path folder, String configuration)
      throws IOException {
    return start(new Program(within, classPath(), "1s"), folder, configuration);
  }

  /**
   * What is run, and how.
   *
   * @param within the command that runs it in another place, such as a network of its own
   * @param grace for calls in flight once it is ended
   */
  public record Program(List<String> within, String classPath, String grace) {
    /** The program of these tests. */
    public static final Program TESTED = new Program(List.of(), NodeProcess.classPath(), "1s");
  }

  /** Starts a program with this configuration, in a folder of its own. */
  public static NodeProcess start(Program program, Path folder, String configuration)
      throws IOException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve("infermux.yml"), configuration);
    Path out = folder.resolve("out.txt");
    List<String> command = new ArrayList<>(program.within());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            program.classPath(),
            "dev.infermux.cli.Main",
            "serve",
            "--config",
            file.toString(),
            "--graceful-shutdown",
            program.grace()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INFERMUX_"));
    return new NodeProcess(builder.start(), out);
  }

  /** That of the tests, however they were started. */
  private static String classPath() {
    if (NodeProcess.class.getClassLoader() instanceof URLClassLoader own) {
      return Stream.of(own.getURLs())
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }

  /** What a path of the management API says, once it does. */
  public String get(String path) {
    try {
      URI url = URI.create(url() + "/_infermux/" + path);
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(url).timeout(LONG).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + "\n" + response.body();
    } catch (IOException e) {
      return "none\n" + e;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Where its API is, once it listens. */
  public String url() {
    String mark = "listening on ";
    await().atMost(LONG).until(() -> said().contains(mark) || !process.isAlive());
    String said = said();
    if (!said.contains(mark)) {
      throw new AssertionError("it has ended: " + said);
    }
    return said.substring(said.indexOf(mark) + mark.length()).lines().findFirst().orElseThrow();
  }

  public String said() throws AssertionError {
    try {
      return Files.readString(out, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Ends it gently; its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
