package dev.infermux.cli;

import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * {@code infermux serve}, or {@code mock}, on a thread of this JVM, on any free port of the
 * loopback address.
 */
final class CdsTrainingGateway implements AutoCloseable {

  private static final String LISTENING = "listening on ";
  private static final int PIPE_CHARS = 16_384;

  private final URI url;
  private final CompletableFuture<IntConsumer> stop;
  private final CompletableFuture<Integer> exitCode;

  private CdsTrainingGateway(
      URI url, CompletableFuture<IntConsumer> stop, CompletableFuture<Integer> exitCode) {
    this.url = url;
    this.stop = stop;
    this.exitCode = exitCode;
  }

  static CdsTrainingGateway start(List<String> flags) throws IOException {
    return start("serve", flags);
  }

  /** The scripted model API in the place of providers. */
  static CdsTrainingGateway mock() throws IOException {
    return start("mock", List.of());
  }

  private static CdsTrainingGateway start(String command, List<String> flags) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command, "--listen", "127.0.0.1:0"));
    arguments.addAll(flags);
    CompletableFuture<IntConsumer> stop = new CompletableFuture<>();
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    PipedReader said = new PipedReader(PIPE_CHARS);
    PrintWriter out = new PrintWriter(new PipedWriter(said), true);
    CommandContext context =
        new CommandContext(
            Map.of(),
            InputStream.nullInputStream(),
            out,
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            stop::complete);
    Thread server =
        new Thread(
            () -> {
              exitCode.complete(Main.run(context, arguments));
              out.close();
            },
            "infermux-rehearsal");
    server.setDaemon(true);
    server.start();
    return new CdsTrainingGateway(url(said), stop, exitCode);
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    stop.join().accept(ExitCode.OK);
    exitCode.join();
  }

  private static URI url(PipedReader said) throws IOException {
    BufferedReader lines = new BufferedReader(said);
    String line = lines.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("the gateway did not start");
    }
    return URI.create(line.substring(LISTENING.length()));
  }
}
