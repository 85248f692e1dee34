package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a browser sends for a page. */
@ExtendWith(VertxExtension.class)
class BrowsersTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String BODY = Texts.chat("echo-v1", "Hi");
  private static final String EVIL = "Origin: https://evil.example";
  private static final String APP = "Origin: https://app.example.com";

  private Gateway gateway;

  private void open(Vertx vertx, String... origins) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withHttp(config.http().withCorsOrigins(List.of(origins)))
                    .withManagementListen(new ListenAddress("127.0.0.1", 0))
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {EVIL, "Origin: null", "Sec-Fetch-Site: cross-site", APP})
  void foreign_page_is_refused_on_every_route(String header, Vertx vertx) {
    open(vertx);

    assertThat(gateway.post(PATH, BODY, header).status()).isEqualTo(403);
    assertThat(gateway.get("/v1/models", header).status()).isEqualTo(403);
    WireAnswer mist = gateway.post("/mist", "{}", header);
    assertThat(mist.error().getString("code")).isEqualTo("forbidden_origin");
    assertThat(mist.headers()).doesNotContainKey("access-control-allow-origin");
    try (Wire wire = Wire.connect(Objects.requireNonNull(gateway.listening().managementPort()))) {
      assertThat(wire.get("/_infermux/health", header).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EVIL, "Sec-Fetch-Site: cross-site"})
  void foreign_page_is_refused_whatever_it_asks_for(String header, Vertx vertx) {
    open(vertx);
    String told = gateway.get("/nope").error().getString("message");
    String paths = told.substring(told.indexOf("(expected: ") + 11, told.length() - 1);
    List<String> asked = new ArrayList<>(List.of(paths.split(", | or ")));
    // What is no path at all, and what there is not.
    asked.addAll(List.of("/v1/models/%zz", "/v1/responses/%zz/cancel", "/nope", "/_infermux/%zz"));

    assertThat(asked).hasSizeGreaterThan(25);
    for (String path : asked) {
      String plain = path.replace('{', 'x').replace('}', 'x');
      for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
        try (Wire wire = gateway.connect()) {
          assertThat(wire.request(method, plain, "", header).read().status())
              .as(method + " " + plain)
              .isEqualTo(path.contains("%zz") ? 400 : 403);
        }
      }
    }
    assertThat(gateway.upstream().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Origin: http://localhost", "Sec-Fetch-Site: same-origin", "X-A: b"})
  void page_of_this_address_and_programs_may_call(String header, Vertx vertx) {
    open(vertx);

    assertThat(gateway.post(PATH, BODY, header).status()).isEqualTo(200);
  }

  @Test
  void listed_page_may_call_and_read_the_headers(Vertx vertx) {
    open(vertx, "https://app.example.com");

    WireAnswer answer = gateway.post(PATH, BODY, APP, "Sec-Fetch-Site: cross-site");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", "https://app.example.com")
        .doesNotContainKey("access-control-allow-credentials");
    assertThat(answer.header("access-control-expose-headers"))
        .contains("X-Infermux-Cost", "X-Infermux-Dropped", "x-request-id");
    assertThat(gateway.post(PATH, BODY, EVIL).status()).isEqualTo(403);
  }

  @Test
  void preflight_of_a_listed_page_is_answered(Vertx vertx) {
    open(vertx, "https://app.example.com");

    try (Wire wire = gateway.connect()) {
      WireAnswer answer =
          wire.request(
                  "OPTIONS",
                  PATH,
                  "",
                  APP,
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: authorization,content-type")
              .read();

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST", "PUT", "DELETE");
      assertThat(answer.header("access-control-allow-headers"))
          .isEqualTo("authorization,content-type");
      assertThat(answer.header("access-control-allow-methods")).contains("POST");
    }
  }

  @Test
  void any_page_is_none_of_the_operators_where_all_are_listed(Vertx vertx) {
    gateway = withManagement(vertx, "*", "https://app.example.com");
    String circuit = "/_infermux/providers/echo/circuit/open";

    assertThat(gateway.post(circuit, "", EVIL).error().getString("code"))
        .isEqualTo("forbidden_origin");
    assertThat(gateway.get("/_infermux/requests", EVIL).status()).isEqualTo(403);
    try (Wire wire = gateway.connect()) {
      String preflight = "Access-Control-Request-Method: DELETE";
      assertThat(wire.request("OPTIONS", circuit, "", EVIL, preflight).read().status())
          .isEqualTo(403);
    }
    assertThat(gateway.post(PATH, BODY, EVIL).status()).isEqualTo(200);
    assertThat(gateway.get("/_infermux/requests", APP).status()).isEqualTo(200);
  }

  private static Gateway withManagement(Vertx vertx, String... origins) {
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withHttp(config.http().withCorsOrigins(List.of(origins)))
                .withProvider(Gateway.provider(upstream)));
  }

  @Test
  void any_page_may_call_without_credentials_where_all_are_listed(Vertx vertx) {
    open(vertx, "*");

    assertThat(gateway.post(PATH, BODY, EVIL).headers())
        .containsEntry("access-control-allow-origin", "*")
        .doesNotContainKey("access-control-allow-credentials");
  }
}
