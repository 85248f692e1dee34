package dev.infermux.cli.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.network.Network;
import dev.infermux.network.NetworkOptions;
import dev.infermux.network.TlsFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** A running InferMux, asked over HTTP. What goes wrong is said in words. */
public final class RemoteServer {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final String server;
  private final String bearer;
  private final int exitCode;
  private final Network network;
  private final NetworkOptions own;

  /**
   * Nothing is sent yet.
   *
   * @param server its base URL
   * @param bearer the bearer token; empty = none
   * @param exitCode of what goes wrong between here and there
   * @param network the way there, as far as {@code own} does not say it
   */
  public RemoteServer(
      String server, String bearer, int exitCode, Network network, NetworkOptions own) {
    this.server = server;
    this.bearer = bearer;
    this.exitCode = exitCode;
    this.network = network;
    this.own = own;
  }

  /**
   * Reads one JSON resource.
   *
   * @throws UserError when that is not what comes
   */
  public JsonNode read(String path) {
    return json(exchange(HttpMethod.GET, path, HttpRequest::send));
  }

  /**
   * Deletes something and reads the JSON of the answer.
   *
   * @throws UserError when that is not what comes
   */
  public JsonNode delete(String path) {
    return json(exchange(HttpMethod.DELETE, path, HttpRequest::send));
  }

  /**
   * Posts JSON and reads the JSON of the answer.
   *
   * @throws UserError when that is not what comes
   */
  public JsonNode post(String path, byte[] body) {
    return json(
        exchange(
            HttpMethod.POST,
            path,
            request ->
                request
                    .putHeader("content-type", "application/json")
                    .putHeader("accept", "application/json")
                    .sendBuffer(Buffer.buffer(body))));
  }

  /**
   * Posts JSON and hands on the lines of an event stream as they come, on another thread.
   *
   * @param line may throw a {@link UserError}, which ends the stream
   * @throws UserError when the answer is no stream, or what {@code line} threw
   */
  public void stream(String path, byte[] body, Consumer<String> line) {
    ResponseLines lines = new ResponseLines(line);
    HttpResponse<Void> response =
        exchange(
            HttpMethod.POST,
            path,
            request ->
                request
                    .putHeader("content-type", "application/json")
                    .putHeader("accept", "text/event-stream")
                    .as(BodyCodec.pipe(lines))
                    .sendBuffer(Buffer.buffer(body)));
    lines.rethrow();
    if (response.statusCode() != OK) {
      throw refused(response.statusCode(), lines.text());
    }
  }

  /** The answer ended too soon, or made no sense. */
  public UserError broken() {
    return new UserError(exitCode, server + ": the answer broke off or is no JSON");
  }

  private JsonNode json(HttpResponse<Buffer> response) {
    Buffer body = response.body();
    String text = body == null ? "" : body.toString();
    if (response.statusCode() != OK && response.statusCode() != CREATED) {
      throw refused(response.statusCode(), text);
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw broken();
    }
  }

  private <T> HttpResponse<T> exchange(
      HttpMethod method, String path, Function<HttpRequest<Buffer>, Future<HttpResponse<T>>> send) {
    URI url = url(path);
    Vertx vertx = ProgramVertx.create();
    try {
      WebClientOptions options =
          new WebClientOptions()
              .setSsl("https".equalsIgnoreCase(url.getScheme()))
              .setUserAgentEnabled(false)
              .setFollowRedirects(false);
      network.reach(url, own).applyTo(options);
      HttpRequest<Buffer> request =
          WebClient.create(vertx, options).requestAbs(method, url.toString());
      return Blocking.on(
          send.apply(bearer.isEmpty() ? request : request.bearerTokenAuthentication(bearer)));
    } catch (RuntimeException failed) {
      throw failed instanceof UserError ? failed : unreached(failed);
    } finally {
      Blocking.on(vertx.close());
    }
  }

  private UserError unreached(RuntimeException failed) {
    if (failed instanceof IllegalArgumentException unusable) {
      return new UserError(ExitCode.BAD_ARGUMENTS, String.valueOf(unusable.getMessage()));
    }
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    if (cause instanceof SSLException refused) {
      return new UserError(exitCode, server + ": " + TlsFailure.reason(refused, "--ca-file"));
    } else if (cause instanceof HttpClosedException && server.startsWith("http:")) {
      return new UserError(
          exitCode,
          server
              + ": the connection was closed before the answer was complete (https:// instead of"
              + " http://?)");
    }
    return cause instanceof IOException
        ? new UserError(
            exitCode, "cannot reach " + server + " (is it running? start one with: infermux serve)")
        : broken();
  }

  private URI url(String path) {
    try {
      URI url = URI.create(server.replaceAll("/+$", "") + path);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below, with all other things that are no address.
    }
    throw new UserError(
        ExitCode.BAD_ARGUMENTS,
        "--server: \"" + server + "\" (expected: a URL such as http://localhost:8080)");
  }

  private UserError refused(int status, String body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      if (error.path("message").isTextual()) {
        String code = error.path("code").isTextual() ? error.path("code").asText() + ": " : "";
        return new UserError(exitCode, code + error.path("message").asText());
      }
    } catch (JsonProcessingException e) {
      // No InferMux then; its status is all there is to say.
    }
    return new UserError(exitCode, server + ": HTTP status " + status);
  }
}
