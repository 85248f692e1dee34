package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.TestTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.junit5.VertxExtension;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class TlsHandshakesTest {

  /** Says on which thread it was asked. */
  private static final class Asked implements X509TrustManager {
    final AtomicReference<String> thread = new AtomicReference<>("");

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      thread.set(Thread.currentThread().getName());
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void certificates_are_checked_on_workers(Vertx vertx) {
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(TestTls.keys("server"))
                    .setSslEngineOptions(TlsHandshakes.onWorkers()))
            .requestHandler(call -> call.response().end())
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    Asked asked = new Asked();
    var client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(false)
                .setTrustOptions(TrustOptions.wrap(asked))
                .setSslEngineOptions(TlsHandshakes.onWorkers()));

    int status =
        client
            .request(HttpMethod.GET, port, "127.0.0.1", "/")
            .compose(HttpClientRequest::send)
            .await()
            .statusCode();

    assertThat(status).isEqualTo(200);
    assertThat(asked.thread.get()).isNotEmpty().doesNotContain("eventloop");
  }
}
