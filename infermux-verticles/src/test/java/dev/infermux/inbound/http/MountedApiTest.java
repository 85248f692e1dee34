package dev.infermux.inbound.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Secret;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.HealthPing;
import dev.infermux.mist.MistType;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.junit5.VertxExtension;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API as a sub-router of a program that has routes of its own. */
@ExtendWith(VertxExtension.class)
class MountedApiTest {

  private static final String CHAT = "/ai/v1/chat/completions";

  private final Vertx elsewhere = Vertx.vertx();
  private Vertx vertx;
  private InferMux inferMux;
  private Wire wire;

  @BeforeEach
  void create(Vertx own) {
    vertx = own;
    InferMuxOptions options = InferMuxOptions.defaults().withManagementToken(Secret.of("t"));
    inferMux = InferMux.create(own, Config.echo(), options).await();
    wire = serve(own, (router, api) -> router.route("/ai/*").subRouter(api));
  }

  @AfterEach
  void close() {
    wire.close();
    elsewhere.close().await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CHAT,
        "/ai/chat/completions",
        "/ai/v1/chat/completions/",
        "/ai//v1//chat/completions",
        CHAT + "?api-version=1"
      })
  void whole_answer_comes_from_below_the_prefix(String path) {
    WireAnswer answer = wire.post(path, Texts.chat("echo-v1", "Hi"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("echo: Hi");
    assertThat(answer.headers()).containsEntry("X-Infermux-Provider", "echo");
    assertThat(answer.headers()).containsEntry("x-program", "seen");
  }

  @Test
  void stream_comes_from_below_the_prefix() {
    WireAnswer answer = wire.post(CHAT, Texts.stream("echo-v1", "Hello world"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "text/event-stream; charset=utf-8");
    assertThat(answer.events()).hasSizeGreaterThan(2).endsWith("[DONE]");
  }

  @Test
  void programs_own_routes_stay_its_own() {
    assertThat(wire.get("/own").body()).isEqualTo("own");
    assertThat(wire.get("/v1/models").status()).isEqualTo(404);
    assertThat(wire.get("/v1/models").headers()).doesNotContainKey("X-Infermux-Error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ai", "/ai/", "/ai/nope", "/ai/v1/chat", "/ai/x/../infer"})
  void unknown_path_is_told_with_the_paths_as_they_are_mounted(String path) {
    WireAnswer answer = wire.get(path);

    assertThat(answer.status()).isEqualTo(404);
    ErrorShape.check(answer, "not_found");
    assertThat(answer.error().getString("message"))
        .startsWith("path: \"" + path + "\" (expected: /ai/v1/chat/completions, ")
        .endsWith(", /ai/infer, /ai/mist or /ai/providers)")
        .containsOnlyOnce("/ai/v1/responses,");
    assertThat(wire.get("/own").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /ai/v1/chat/completions, POST",
    "DELETE, /ai/models, 'GET, HEAD'",
    "PATCH, /ai/v1/models/echo-v1, 'GET, HEAD'",
    "PUT, /ai//mist/, POST"
  })
  void wrong_method_is_answered_with_the_right_one(String method, String path, String allowed) {
    WireAnswer answer = wire.request(method, path, "").read();

    assertThat(answer.status()).isEqualTo(405);
    ErrorShape.check(answer, "method_not_allowed");
    assertThat(answer.headers()).containsEntry("Allow", allowed);
  }

  @Test
  void errors_have_the_shape_of_the_api() {
    WireAnswer answer = wire.post(CHAT, "{\"model\":1}", "X-Infermux-Request-Id: mine-1");

    assertThat(answer.status()).isEqualTo(400);
    ErrorShape.check(answer, "invalid_request");
    assertThat(answer.headers()).containsEntry("X-Infermux-Request-Id", "mine-1");
  }

  @ParameterizedTest
  @CsvSource({
    "/ai/v1/models/echo-v1, 200, echo-v1",
    "/ai/models/%65cho-v1/, 200, echo-v1",
    "/ai/v1/models/a%2Fb, 404, a/b",
    "/ai/v1/models/a/b, 404, a/b"
  })
  void model_is_found_by_what_follows_its_path(String path, int status, String id) {
    WireAnswer answer = wire.get(path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(id);
  }

  @Test
  void head_has_no_body() {
    assertThat(wire.request("HEAD", "/ai/v1/models", "").readHead().status()).isEqualTo(200);
    assertThat(wire.get("/own").body()).isEqualTo("own");
  }

  @Test
  void other_endpoints_are_there_too() {
    String infer =
        """
        {"model":"echo-v1","messages":[{"role":"user","content":"Hi"}]}\
        """;

    assertThat(wire.post("/ai/infer", infer).json().getString("content")).isEqualTo("echo: Hi");
    assertThat(wire.post("/ai/mist", "{}").status()).isEqualTo(400);
    assertThat(wire.get("/ai/providers").json().getJsonArray("providers")).hasSize(1);
  }

  @Test
  void management_is_there_as_it_is_written_and_no_other_way() {
    assertThat(wire.get("/ai/_infermux/health").status()).isEqualTo(200);
    assertThat(wire.get("/ai/_infermux/status").status()).isEqualTo(401);
    assertThat(wire.get("/ai/_infermux/status", "Authorization: Bearer t").status()).isEqualTo(200);
    assertThat(wire.get("/ai/_infermux/nope", "Authorization: Bearer t").status()).isEqualTo(404);
    ErrorShape.check(wire.get("/ai/x/../_infermux/health"), "not_found");
    ErrorShape.check(wire.get("/ai/_infermux/../v1/models"), "not_found");
    ErrorShape.check(wire.get("/ai/%5Finfermux/health"), "not_found");
  }

  @Test
  void body_that_a_handler_has_read_before_is_taken_from_there() {
    try (Wire read =
        serve(
            vertx,
            (router, api) -> {
              router.route().handler(BodyHandler.create(false));
              router.route("/ai/*").subRouter(api);
            })) {
      WireAnswer whole = read.post(CHAT, Texts.chat("echo-v1", "Hi"));
      WireAnswer stream = read.post(CHAT, Texts.stream("echo-v1", "Hi"));
      WireAnswer none = read.post(CHAT, "");

      assertThat(whole.body()).contains("echo: Hi");
      assertThat(stream.events()).endsWith("[DONE]");
      assertThat(none.status()).isEqualTo(400);
    }
  }

  @Test
  void mount_may_be_nested() {
    try (Wire nested =
        serve(
            vertx,
            (router, api) -> {
              Router team = Router.router(vertx);
              team.route("/ai/*").subRouter(api);
              router.route("/team/*").subRouter(team);
            })) {
      check(nested, "/team/ai");
    }
  }

  @Test
  void mount_may_have_a_parameter() {
    try (Wire tenants =
        serve(vertx, (router, api) -> router.route("/:tenant/ai/*").subRouter(api))) {
      check(tenants, "/a/ai");
    }
  }

  @Test
  void mount_may_be_the_root() {
    try (Wire root = serve(vertx, (router, api) -> router.route("/*").subRouter(api))) {
      check(root, "");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void single_handlers_serve_at_paths_of_the_programs_own(boolean bodyRead) {
    try (Wire single = serve(vertx, (router, api) -> mountSingle(router, bodyRead))) {
      String infer = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
      String ping =
          new JsonObject(
                  new String(
                      EnvelopeWriter.write(
                          Envelope.of("test", MistType.HEALTH_PING, new HealthPing("me"))),
                      UTF_8))
              .encode();

      assertThat(single.post("/deep/ask", infer).json().getString("content")).isEqualTo("echo: Hi");
      assertThat(single.post("/deep/envelopes", ping).json().getString("type"))
          .isEqualTo(MistType.HEALTH_PONG);
      assertThat(single.get("/deep/who").json().getJsonArray("providers")).hasSize(1);
      WireAnswer wrong = single.get("/deep/ask");
      assertThat(wrong.status()).isEqualTo(405);
      assertThat(wrong.headers()).containsEntry("Allow", "POST");
      assertThat(single.post("/deep/ask", "").status()).isEqualTo(400);
      assertThat(single.get("/own").body()).isEqualTo("own");
    }
  }

  private void mountSingle(Router router, boolean bodyRead) {
    Router deep = Router.router(vertx);
    if (bodyRead) {
      deep.route().handler(BodyHandler.create(false));
    }
    deep.route("/ask").handler(inferMux.infer());
    deep.post("/envelopes").handler(inferMux.mist());
    deep.get("/who").handler(inferMux.providers());
    router.route("/deep/*").subRouter(deep);
  }

  private static void check(Wire mounted, String prefix) {
    WireAnswer answer = mounted.post(prefix + "/v1/chat/completions", Texts.chat("echo-v1", "Hi"));

    assertThat(answer.body()).contains("echo: Hi");
    assertThat(mounted.get(prefix + "/v1/models/echo-v1").status()).isEqualTo(200);
    assertThat(mounted.get(prefix + "/nope").error().getString("message"))
        .contains("expected: " + prefix + "/v1/chat/completions");
  }

  @Test
  void server_on_another_vertx_is_served_by_the_cells() {
    try (Wire other = serve(elsewhere, (router, api) -> router.route("/ai/*").subRouter(api))) {
      assertThat(other.post(CHAT, Texts.chat("echo-v1", "Hi")).body()).contains("echo: Hi");
      assertThat(other.post(CHAT, Texts.stream("echo-v1", "Hi")).events()).endsWith("[DONE]");
      ErrorShape.check(other.get("/ai/nope"), "not_found");
    }
  }

  /** A program's server: something before all routes, a route of its own, and the API. */
  private Wire serve(Vertx own, BiConsumer<Router, Router> mount) {
    Router router = Router.router(own);
    router
        .route()
        .handler(
            context -> {
              context.response().putHeader("x-program", "seen");
              context.next();
            });
    router.get("/own").handler(context -> context.end("own"));
    mount.accept(router, inferMux.router());
    return Wire.connect(
        own.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await().actualPort());
  }
}
