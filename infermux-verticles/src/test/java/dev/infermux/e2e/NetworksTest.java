package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.api.ChatRequest;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.network.Network;
import dev.infermux.testing.ConnectProxy;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.TestTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Private authorities and proxies, as the networks of companies have them. */
@ExtendWith(VertxExtension.class)
class NetworksTest {

  private static final String OUTSIDE = "https://api.provider.test/v1";
  private static final JsonObject OUR_CA =
      new JsonObject().put("ca_file", TestTls.file("ca.pem").toString());

  @Test
  void a_provider_behind_an_authority_of_its_own_is_refused_until_that_is_named(Vertx vertx) {
    try (MockUpstream provider = tls(vertx, "server")) {
      String url = "https://localhost:" + provider.port() + "/v1";

      assertThat(failure(vertx, new JsonObject().put("base_url", url), Map.of()))
          .isEqualTo(
              "provider \"p\": the TLS handshake failed: its certificate is signed by nobody who is"
                  + " trusted (a private CA is named with tls.ca_file of the provider, or"
                  + " SSL_CERT_FILE)");
      assertThat(answer(vertx, new JsonObject().put("base_url", url).put("tls", OUR_CA), Map.of()))
          .isEqualTo("Hello there");
      assertThat(
              answer(
                  vertx,
                  new JsonObject().put("base_url", url),
                  Map.of("SSL_CERT_FILE", TestTls.file("ca.pem").toString())))
          .isEqualTo("Hello there");
    }
  }

  @Test
  void a_certificate_of_the_past_or_of_another_host_is_refused_all_the_same(Vertx vertx) {
    try (MockUpstream old = tls(vertx, "expired");
        MockUpstream other = tls(vertx, "rsa")) {
      JsonObject past = new JsonObject().put("base_url", "https://localhost:" + old.port());
      JsonObject wrong = new JsonObject().put("base_url", "https://127.0.0.1:" + other.port());

      assertThat(failure(vertx, past.put("tls", OUR_CA), Map.of()))
          .isEqualTo("provider \"p\": the TLS handshake failed: its certificate has expired");
      assertThat(failure(vertx, wrong.put("tls", OUR_CA), Map.of()))
          .startsWith("provider \"p\": the TLS handshake failed: its certificate is not accepted: ")
          .contains("127.0.0.1");
    }
  }

  @Test
  void plain_text_where_tls_is_expected_says_so(Vertx vertx) {
    HttpServer plain =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end())
            .listen(0, "127.0.0.1")
            .await();
    String url = "https://127.0.0.1:" + plain.actualPort();

    assertThat(failure(vertx, new JsonObject().put("base_url", url), Map.of()))
        .contains("does not speak TLS");
  }

  @ParameterizedTest
  @CsvSource({"proxy", "HTTPS_PROXY", "https_proxy", "https.proxyHost"})
  void a_proxy_is_asked_for_a_tunnel_whoever_names_it(String where, Vertx vertx) {
    try (MockUpstream provider = tls(vertx, "server");
        ConnectProxy proxy = ConnectProxy.to(vertx, provider.port())) {
      JsonObject outside = new JsonObject().put("base_url", OUTSIDE).put("tls", OUR_CA);
      Map<String, String> environment = Map.of();
      if (where.equals("proxy")) {
        outside.put("proxy", "http://" + proxy.address());
      } else {
        environment = Map.of(where, proxy.address());
      }

      assertThat(answer(vertx, outside, environment)).isEqualTo("Hello there");
      assertThat(proxy.requests()).containsExactly("CONNECT api.provider.test:443 HTTP/1.1");
      assertThat(provider.lastRequest().headers().get("host")).isEqualTo("api.provider.test");
      assertThat(provider.lastRequest().headers().get("proxy-authorization")).isNull();
    }
  }

  @Test
  void a_proxy_passes_plain_requests_on_under_their_whole_url(Vertx vertx) {
    try (MockUpstream provider = MockUpstream.start(vertx);
        ConnectProxy proxy = ConnectProxy.to(vertx, provider.port())) {
      provider.always(MockAnswer.json(Texts.CHAT_ANSWER));
      JsonObject outside = new JsonObject().put("base_url", "http://api.provider.test/v1");

      assertThat(answer(vertx, outside, Map.of("HTTP_PROXY", proxy.address())))
          .isEqualTo("Hello there");
      assertThat(proxy.requests())
          .containsExactly("POST http://api.provider.test/v1/chat/completions HTTP/1.1");
    }
  }

  @Test
  void credentials_of_a_proxy_are_sent_to_it_alone(Vertx vertx) {
    try (MockUpstream provider = tls(vertx, "server");
        ConnectProxy proxy = ConnectProxy.to(vertx, provider.port()).asking("me", "p@ss")) {
      JsonObject outside =
          new JsonObject()
              .put("base_url", OUTSIDE)
              .put("tls", OUR_CA)
              .put("proxy", "http://me:p%40ss@" + proxy.address());

      assertThat(answer(vertx, outside, Map.of())).isEqualTo("Hello there");
      assertThat(provider.lastRequest().headers().get("proxy-authorization")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 Forbidden | it answered 403",
        "502 Bad Gateway | it answered 502",
        "407 Proxy Authentication Required | it asks for a user and a password, or for others"
            + " (407)",
      })
  void a_proxy_that_refuses_is_named_and_its_password_is_not(
      String status, String why, Vertx vertx) {
    try (ConnectProxy proxy = ConnectProxy.to(vertx, 1).refusing(status)) {
      JsonObject outside = new JsonObject().put("base_url", OUTSIDE);
      outside.put("proxy", "http://me:hunter2@" + proxy.address());

      assertThat(failure(vertx, outside, Map.of()))
          .isEqualTo(
              "provider \"p\": no connection through the proxy "
                  + proxy.address()
                  + " (providers[].proxy): "
                  + why);
    }
  }

  @Test
  void a_proxy_that_asks_for_credentials_for_plain_requests_is_named_too(Vertx vertx) {
    try (MockUpstream provider = MockUpstream.start(vertx);
        ConnectProxy proxy = ConnectProxy.to(vertx, provider.port()).asking("me", "x")) {
      JsonObject outside = new JsonObject().put("base_url", "http://api.provider.test/v1");

      assertThat(failure(vertx, outside, Map.of("http_proxy", proxy.address())))
          .isEqualTo(
              "provider \"p\": no connection through the proxy "
                  + proxy.address()
                  + " (http_proxy): it asks for a user and a password, or for others (407)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:1, it refuses connections",
    "proxy.invalid:3128, its host name does not resolve",
  })
  void a_proxy_that_is_not_there_is_named(String address, String why, Vertx vertx) {
    JsonObject outside = new JsonObject().put("base_url", OUTSIDE);

    assertThat(failure(vertx, outside, Map.of("HTTPS_PROXY", address)))
        .isEqualTo(
            "provider \"p\": no connection through the proxy "
                + address
                + " (HTTPS_PROXY): "
                + why);
  }

  @Test
  void a_provider_at_home_is_called_past_every_proxy(Vertx vertx) {
    try (MockUpstream provider = MockUpstream.start(vertx);
        ConnectProxy proxy = ConnectProxy.to(vertx, provider.port())) {
      provider.always(MockAnswer.json(Texts.CHAT_ANSWER));
      JsonObject home =
          new JsonObject().put("base_url", provider.baseUrl().toString()).put("proxy", "p:1");

      assertThat(answer(vertx, home, Map.of("HTTP_PROXY", proxy.address())))
          .isEqualTo("Hello there");
      assertThat(proxy.requests()).isEmpty();
    }
  }

  private static MockUpstream tls(Vertx vertx, String pair) {
    return MockUpstream.start(vertx, TestTls.with(pair)).always(MockAnswer.json(Texts.CHAT_ANSWER));
  }

  private static String answer(Vertx vertx, JsonObject provider, Map<String, String> network) {
    InferMux inferMux = start(vertx, provider, network);
    try {
      return inferMux.chat(ChatRequest.of(Gateway.MODEL, "Hi")).await().content();
    } finally {
      inferMux.close().await();
    }
  }

  private static String failure(Vertx vertx, JsonObject provider, Map<String, String> network) {
    try {
      throw new AssertionError("answered: " + answer(vertx, provider, network));
    } catch (InferenceException refused) {
      Failure failure = refused.failure();
      assertThat(failure.kind()).isEqualTo(FailureClass.CONNECTION);
      return failure.message();
    }
  }

  /** With variables or, where their names have dots, properties. */
  private static InferMux start(Vertx vertx, JsonObject provider, Map<String, String> network) {
    Properties properties = new Properties();
    for (var entry : network.entrySet()) {
      if (entry.getKey().endsWith("proxyHost")) {
        String[] address = entry.getValue().split(":");
        properties.setProperty(entry.getKey(), address[0]);
        properties.setProperty(entry.getKey().replace("Host", "Port"), address[1]);
      }
    }
    JsonObject whole = provider.copy().put("name", "p").put("type", "openai").put("api_key", "k");
    JsonObject file = new JsonObject().put("providers", new JsonArray().add(whole));
    Config config =
        ((ConfigResult.Loaded) ConfigReader.read(file, ReadOptions.of(Map.of()))).config();
    return InferMux.create(
            vertx,
            config.withRouting(Gateway.unrepaired()),
            InferMuxOptions.defaults()
                .withHealthChecks(false)
                .withNetwork(Network.of(network, properties)))
        .await();
  }
}
