package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.memory.BufferedBytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A front API of a test: what makes it one is in a value. */
@ExtendWith(VertxExtension.class)
class FrontApiTest {

  private static final String KEY = "x-api-key: the-key";

  private static final FrontApi NOTES =
      new FrontApi(
          headers -> headers.get("x-api-key"),
          new ErrorFormat(
              failure -> Buffer.buffer("{\"type\":\"error\",\"code\":\"" + failure.code() + "\"}"),
              failure -> Buffer.buffer()),
          List.of(
              HttpRoute.get("/v1/notes", FrontApiTest::read).alsoAt("/notes").andBelow(),
              new HttpRoute(
                  HttpMethod.DELETE, "/v1/notes", List.of("/notes"), true, FrontApiTest::delete),
              HttpRoute.post("/v1/notes/length", FrontApiTest::length)));

  private Wire wire;

  @BeforeEach
  void open(Vertx vertx) {
    RouterClient router = OneRouteApi.client(vertx, BufferedBytes.unlimited());
    AuthOptions auth =
        AuthOptions.defaults().withMode(AuthMode.STATIC_KEY).withKey(Secret.of("the-key"));
    HttpApi api =
        new HttpApi(
            vertx,
            new HttpOptionsInForce(HttpOptions.defaults().withAuth(auth)),
            List.of(NOTES),
            (request, work) -> work.accept(router),
            null);
    wire =
        Wire.connect(
            vertx
                .createHttpServer()
                .requestHandler(api)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort());
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void its_routes_are_found_at_their_aliases_and_below() {
    assertThat(wire.get("/v1/notes", KEY).body()).isEqualTo("{\"read\":\"\"}");
    assertThat(wire.get("/notes/7", KEY).body()).isEqualTo("{\"read\":\"7\"}");
    assertThat(wire.get("//v1//notes//7/a/", KEY).body()).isEqualTo("{\"read\":\"7/a\"}");
    assertThat(wire.get("/v1/notes/%37", KEY).body()).isEqualTo("{\"read\":\"%37\"}");
    assertThat(wire.get("/v1/notesome", KEY).status()).isEqualTo(404);
  }

  @Test
  void two_methods_of_one_path_are_two_routes() {
    WireAnswer deleted = wire.request("DELETE", "/v1/notes/7", "", KEY).read();
    WireAnswer refused = wire.request("PUT", "/v1/notes/7", "", KEY).read();

    assertThat(deleted.body()).isEqualTo("{\"deleted\":\"7\"}");
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.headers()).containsEntry("Allow", "GET, HEAD, DELETE");
  }

  @Test
  void its_credentials_come_in_where_it_says() {
    assertThat(wire.get("/v1/notes", "Authorization: Bearer the-key").status()).isEqualTo(401);
    assertThat(wire.get("/v1/notes", "x-api-key: another").status()).isEqualTo(401);
    assertThat(wire.get("/v1/notes", KEY).status()).isEqualTo(200);
  }

  @Test
  void its_errors_have_its_shape_and_everyones_headers() {
    WireAnswer thrown = wire.get("/v1/notes/none", KEY);
    WireAnswer refused = wire.get("/v1/notes");

    assertThat(thrown.status()).isEqualTo(404);
    assertThat(thrown.body()).isEqualTo("{\"type\":\"error\",\"code\":\"not_found\"}");
    assertThat(thrown.headers()).containsEntry("X-Infermux-Error", "not_found");
    assertThat(refused.body()).isEqualTo("{\"type\":\"error\",\"code\":\"invalid_api_key\"}");
  }

  @Test
  void body_is_bounded_by_what_its_route_allows() {
    assertThat(wire.post("/v1/notes/length", "12345678", KEY).body()).isEqualTo("{\"length\":8}");

    WireAnswer tooLong = wire.post("/v1/notes/length", "123456789", KEY);

    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.body()).contains("request_too_large");
  }

  private static void read(HttpExchange exchange, Authenticator.Caller caller) {
    if (exchange.rest().equals("none")) {
      throw new InferenceException(new Failure.Unservable("not_found", 404, "note: none"));
    }
    exchange.json(200, Buffer.buffer("{\"read\":\"" + exchange.rest() + "\"}"));
  }

  private static void delete(HttpExchange exchange, Authenticator.Caller caller) {
    exchange.json(200, Buffer.buffer("{\"deleted\":\"" + exchange.rest() + "\"}"));
  }

  private static void length(HttpExchange exchange, Authenticator.Caller caller) {
    exchange
        .body(8)
        .onSuccess(body -> exchange.json(200, Buffer.buffer("{\"length\":" + body.length + "}")))
        .onFailure(exchange::fail);
  }
}
