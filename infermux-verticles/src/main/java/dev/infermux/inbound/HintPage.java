package dev.infermux.inbound;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A few words for people whose browser has come where programs are expected. */
public final class HintPage {

  private HintPage() {}

  /** Whether a person asks: programs ask for JSON, or for anything. */
  public static boolean wanted(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains("text/html");
  }

  /** Sends one paragraph of plain text. */
  public static void send(HttpServerResponse response, int status, String text) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>InferMux</title>"
                + "<meta name=\"color-scheme\" content=\"light dark\">"
                + "<meta name=\"viewport\" content=\"width=device-width\">"
                + "<h1>InferMux</h1><p>"
                + escaped(text)
                + "</p></html>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
