package dev.infermux.cli;

import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts a gateway and sends it a few requests, so that the JVM which runs this knows the classes
 * that a start needs and can archive them. Only the build runs it; it opens loopback sockets alone.
 */
final class CdsTraining {

  private static final String CHAT =
      "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"stream\":%s}";
  private static final String CONFIGURATION =
      """
      providers:
        - { name: echo, type: echo, models: [echo-v1] }
        - name: next
          type: openai
          api_key: none
          base_url: "%s/v1"
          models: [echo-v1]
          model_aliases: { next: echo-v1 }
      """;

  private CdsTraining() {}

  public static void main(String[] arguments) {
    try {
      play();
    } catch (IOException | RuntimeException e) {
      System.err.println("infermux: no class-data archive, the start will be slower: " + e);
      System.exit(1);
    }
    System.exit(ExitCode.OK);
  }

  private static void play() throws IOException {
    Path file = Files.createTempFile("infermux-rehearsal", ".yml");
    try (CdsTrainingGateway next = CdsTrainingGateway.start(List.of())) {
      Files.writeString(file, CONFIGURATION.formatted(next.url()));
      try (CdsTrainingGateway gateway =
          CdsTrainingGateway.start(List.of("--config", file.toString()))) {
        play(gateway.url());
      }
      infer("--server", next.url().toString());
    } finally {
      Files.delete(file);
    }
    infer("--stream");
  }

  private static void play(URI url) throws IOException {
    exchange(url, "GET /_infermux/health", "");
    exchange(url, "GET /v1/models", "");
    for (String model : List.of("echo-v1", "next")) {
      exchange(url, "POST /v1/chat/completions", CHAT.formatted(model, false));
      exchange(url, "POST /v1/chat/completions", CHAT.formatted(model, true));
      exchange(url, "POST /infer", CHAT.formatted(model, false));
    }
    exchange(url, "POST /nowhere", "{}");
  }

  private static void infer(String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("infer", "--model", "echo-v1", "--prompt", "Hello"));
    arguments.addAll(List.of(more));
    PrintWriter nowhere = CommandContext.writer(OutputStream.nullOutputStream());
    Main.run(
        new CommandContext(Map.of(), InputStream.nullInputStream(), nowhere, nowhere, stop -> {}),
        arguments);
  }

  /** One request and its whole answer, by hand: a client would add its classes to the archive. */
  private static void exchange(URI url, String target, String body) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String request =
          target
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\nContent-Type: application/json\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }
}
