package dev.infermux.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.cli.process.RemoteServer;
import dev.infermux.cli.process.UserError;
import dev.infermux.mist.InferRequest;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks a running InferMux at {@code POST /infer}. */
final class RemoteInference {

  private static final JsonMapper JSON = new JsonMapper();

  private final RemoteServer server;
  private final PrintWriter out;

  RemoteInference(RemoteServer server, PrintWriter out) {
    this.server = server;
    this.out = out;
  }

  /**
   * Prints the answer.
   *
   * @throws UserError when there is none
   */
  void ask(InferRequest request, boolean stream) {
    HttpRequest http =
        server
            .request("/infer")
            .header("content-type", "application/json")
            .header("accept", stream ? "text/event-stream" : "application/json")
            .POST(BodyPublishers.ofByteArray(request.json()))
            .build();
    try (Stream<String> lines = server.send(http)) {
      if (stream) {
        StreamedText text = new StreamedText(out);
        lines.forEach(text::line);
        text.end();
      } else {
        String body = lines.collect(Collectors.joining("\n"));
        out.println(JSON.readTree(body).path("content").asText());
      }
    } catch (JsonProcessingException | java.io.UncheckedIOException e) {
      throw server.broken();
    }
  }
}
