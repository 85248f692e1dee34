package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Where the management token comes from, and what is said where there is none. */
@ExtendWith(VertxExtension.class)
class ManagementTokenTest {

  private static final ManagementOptions FILE =
      ManagementOptions.defaults().withToken(Secret.of("of-the-file"));

  @Test
  void the_programs_wins_over_the_files(Vertx vertx) {
    assertThat(status(vertx, FILE, null, "of-the-file")).isEqualTo(200);
    assertThat(status(vertx, FILE, "own", "own")).isEqualTo(200);
    assertThat(status(vertx, FILE, "own", "of-the-file")).isEqualTo(401);
  }

  @Test
  void open_without_one_is_warned_of_at_the_start(Vertx vertx) {
    Logger log = (Logger) LoggerFactory.getLogger("dev.infermux.assembly.HostServices");
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    log.addAppender(heard);
    try {
      status(vertx, FILE.withOpen(true), null, "of-the-file");
      assertThat(heard.list).isEmpty();
      status(vertx, ManagementOptions.defaults().withOpen(true), null, "any");
      assertThat(heard.list)
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.getFormattedMessage())
                      .startsWith("management.open: whoever reaches 127.0.0.1:0 may turn circuits")
                      .contains("INFERMUX_MANAGEMENT_TOKEN"));
    } finally {
      log.detachAppender(heard);
    }
  }

  private static int status(
      Vertx vertx, ManagementOptions file, @Nullable String own, String sent) {
    Config config = Config.echo().withHttp(Gateway.localHttp()).withManagement(file);
    InferMuxOptions options =
        InferMuxOptions.defaults().withManagementToken(own == null ? null : Secret.of(own));
    InferMux inferMux = InferMux.create(vertx, config, options).await();
    try (Wire wire = Wire.connect(inferMux.listen().await().port())) {
      return wire.get("/_infermux/status", "Authorization: Bearer " + sent).status();
    } finally {
      inferMux.close().await();
    }
  }
}
