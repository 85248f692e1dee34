package dev.infermux.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ProgramVertxTest {

  @Test
  void sessions_of_tls_that_callers_may_resume_are_bounded_in_number() throws Exception {
    Vertx vertx = ProgramVertx.create();
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, null, null);

      assertThat(tls.getServerSessionContext().getSessionCacheSize()).isEqualTo(1_000);
    } finally {
      vertx.close().await();
    }
  }
}
