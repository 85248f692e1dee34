package dev.infermux.cli.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running InferMux, asked over HTTP. What goes wrong is told in words. */
public final class RemoteServer {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int OK = 200;

  private final String server;
  private final String bearer;
  private final int exitCode;

  /**
   * Nothing is sent yet.
   *
   * @param server its base URL
   * @param bearer the bearer token; empty = none
   * @param exitCode of what goes wrong between here and there
   */
  public RemoteServer(String server, String bearer, int exitCode) {
    this.server = server;
    this.bearer = bearer;
    this.exitCode = exitCode;
  }

  /**
   * Begins a request.
   *
   * @param path with its leading slash
   * @throws UserError when the base URL is none
   */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url(path));
    return bearer.isEmpty() ? request : request.header("authorization", "Bearer " + bearer);
  }

  /**
   * Sends a request and hands on the lines of its answer, which is a 200; the caller closes them.
   *
   * @throws UserError for any other
   */
  public Stream<String> send(HttpRequest request) {
    HttpResponse<Stream<String>> response = exchange(request);
    if (response.statusCode() == OK) {
      return response.body();
    }
    try (Stream<String> lines = response.body()) {
      throw refused(response.statusCode(), lines.collect(Collectors.joining("\n")));
    }
  }

  /**
   * Reads one JSON resource.
   *
   * @throws UserError when that is not what comes
   */
  public JsonNode read(String path) {
    try (Stream<String> lines = send(request(path).GET().build())) {
      return JSON.readTree(lines.collect(Collectors.joining("\n")));
    } catch (JsonProcessingException | java.io.UncheckedIOException e) {
      throw broken();
    }
  }

  /** The answer ended too soon, or made no sense. */
  public UserError broken() {
    return new UserError(exitCode, server + ": the answer broke off or is no JSON");
  }

  private HttpResponse<Stream<String>> exchange(HttpRequest request) {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .build()
          .send(request, BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UserError(
          exitCode, "can not reach " + server + " (is it running? start one with: infermux serve)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  private URI url(String path) {
    try {
      URI url = URI.create(server.replaceAll("/+$", "") + path);
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
            exitCode, error.path("code").asText() + ": " + error.path("message").asText());
      }
    } catch (JsonProcessingException e) {
      // No InferMux then; its status is all there is to tell.
    }
    return new UserError(exitCode, server + ": HTTP status " + status);
  }
}
