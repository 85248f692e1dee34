package dev.infermux.cli.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.UserError;
import dev.infermux.mist.InferRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks a running InferMux at {@code POST /infer}. */
final class RemoteInference {

  private static final JsonMapper JSON = new JsonMapper();

  private final String server;
  private final String key;
  private final PrintWriter out;

  /**
   * For one server.
   *
   * @param key the bearer token; empty = none
   */
  RemoteInference(String server, String key, PrintWriter out) {
    this.server = server;
    this.key = key;
    this.out = out;
  }

  /**
   * Prints the answer.
   *
   * @throws UserError when there is none
   */
  void ask(InferRequest request, boolean stream) {
    HttpResponse<Stream<String>> response = send(request, stream);
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw refused(response.statusCode(), lines.collect(Collectors.joining("\n")));
      }
      if (stream) {
        StreamedText text = new StreamedText(out);
        lines.forEach(text::line);
        text.end();
      } else {
        String body = lines.collect(Collectors.joining("\n"));
        out.println(JSON.readTree(body).path("content").asText());
      }
    } catch (JsonProcessingException | java.io.UncheckedIOException e) {
      throw new UserError(ExitCode.CALL_FAILED, server + ": the answer broke off or is no JSON");
    }
  }

  private HttpResponse<Stream<String>> send(InferRequest request, boolean stream) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(url())
            .header("content-type", "application/json")
            .header("accept", stream ? "text/event-stream" : "application/json")
            .POST(BodyPublishers.ofByteArray(request.json()));
    if (!key.isEmpty()) {
      http.header("authorization", "Bearer " + key);
    }
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .build()
          .send(http.build(), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UserError(
          ExitCode.CALL_FAILED,
          "can not reach " + server + " (is it running? start one with: infermux serve)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  private URI url() {
    try {
      URI url = URI.create(server.replaceAll("/+$", "") + "/infer");
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with all other things that are no address.
    }
    throw new UserError(
        ExitCode.BAD_ARGUMENTS,
        "--server: \"" + server + "\" (expected: a URL such as http://localhost:8080)");
  }

  private UserError refused(int status, String body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      if (error.path("message").isTextual()) {
        return new UserError(
            ExitCode.CALL_FAILED,
            error.path("code").asText() + ": " + error.path("message").asText());
      }
    } catch (JsonProcessingException e) {
      // No InferMux then; its status is all there is to tell.
    }
    return new UserError(ExitCode.CALL_FAILED, server + ": HTTP status " + status);
  }
}
