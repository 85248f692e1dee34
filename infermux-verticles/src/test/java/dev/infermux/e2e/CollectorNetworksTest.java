package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.api.ChatRequest;
import dev.infermux.config.Config;
import dev.infermux.network.Network;
import dev.infermux.testing.ConnectProxy;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.TestTls;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Format;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Collectors behind a private authority and a proxy, as the environment names them. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class CollectorNetworksTest {

  private static final String OUTSIDE = "https://api.provider.test";
  private static final String CA = TestTls.file("ca.pem").toString();

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void an_otlp_collector_behind_an_authority_of_its_own_is_trusted(Protocol protocol, Vertx vertx) {
    HttpServerOptions tls =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(TestTls.keys("server"));
    try (OtlpReceiver collector = OtlpReceiver.start(vertx, tls)) {
      TelemetryOptions telemetry =
          TelemetryOptions.defaults().withOtlp(Otlp.at(collector.endpoint(), protocol));

      call(vertx, telemetry, Map.of("SSL_CERT_FILE", CA));

      await().until(() -> !collector.spans().isEmpty());
      assertThat(collector.span("infermux.infer").attributes())
          .containsEntry("infermux.provider", "echo");
    }
  }

  @Test
  void an_otlp_collector_that_nobody_vouches_for_gets_nothing(Vertx vertx) {
    HttpServerOptions tls =
        new HttpServerOptions().setSsl(true).setKeyCertOptions(TestTls.keys("server"));
    try (OtlpReceiver collector = OtlpReceiver.start(vertx, tls)) {
      call(
          vertx,
          TelemetryOptions.defaults()
              .withOtlp(Otlp.at(collector.endpoint(), Protocol.HTTP_PROTOBUF)),
          Map.of());

      assertThat(collector.spans()).isEmpty();
    }
  }

  @Test
  void spans_and_metrics_go_over_otlp_through_the_proxy(Vertx vertx) {
    try (MockUpstream collector = tls(vertx);
        ConnectProxy proxy = ConnectProxy.to(vertx, collector.port())) {
      call(
          vertx,
          TelemetryOptions.defaults().withOtlp(Otlp.at(OUTSIDE, Protocol.HTTP_PROTOBUF)),
          Map.of("SSL_CERT_FILE", CA, "HTTPS_PROXY", proxy.address()));

      assertThat(collector.requests())
          .extracting(request -> request.target())
          .contains("/v1/traces", "/v1/metrics");
      assertThat(proxy.requests()).contains("CONNECT api.provider.test:443 HTTP/1.1");
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void spans_go_to_tokentrace_through_a_proxy_that_asks_for_credentials(
      Format format, Vertx vertx) {
    try (MockUpstream tokenTrace = tls(vertx);
        ConnectProxy proxy = ConnectProxy.to(vertx, tokenTrace.port()).asking("me", "p@ss")) {
      call(
          vertx,
          TelemetryOptions.defaults()
              .withTokentrace(new TokenTrace(URI.create(OUTSIDE), format, null)),
          Map.of("SSL_CERT_FILE", CA, "HTTPS_PROXY", "http://me:p%40ss@" + proxy.address()));

      assertThat(tokenTrace.requests())
          .anyMatch(request -> request.body().contains("infermux.infer"));
      assertThat(tokenTrace.lastRequest().headers().get("proxy-authorization")).isNull();
    }
  }

  @Test
  void no_proxy_leads_past_it(Vertx vertx) {
    try (MockUpstream tokenTrace = tls(vertx);
        ConnectProxy proxy = ConnectProxy.to(vertx, tokenTrace.port())) {
      call(
          vertx,
          TelemetryOptions.defaults()
              .withTokentrace(new TokenTrace(URI.create(OUTSIDE), Format.MIST, null)),
          Map.of(
              "SSL_CERT_FILE", CA, "HTTPS_PROXY", proxy.address(), "NO_PROXY", ".provider.test"));

      assertThat(proxy.requests()).isEmpty();
      assertThat(tokenTrace.requests()).isEmpty();
    }
  }

  private static MockUpstream tls(Vertx vertx) {
    return MockUpstream.start(vertx, TestTls.with("server")).always(MockAnswer.json("{}"));
  }

  /** One call of a program whose spans have been sent, or dropped, when this returns. */
  private static void call(
      Vertx vertx, TelemetryOptions telemetry, Map<String, String> environment) {
    InferMux inferMux =
        InferMux.create(
                vertx,
                Config.echo().withTelemetry(telemetry),
                InferMuxOptions.defaults()
                    .withHealthChecks(false)
                    .withNetwork(Network.of(environment, new Properties())))
            .await();
    inferMux.chat(ChatRequest.of("echo-v1", "Hi")).await();
    inferMux.close().await();
  }
}
