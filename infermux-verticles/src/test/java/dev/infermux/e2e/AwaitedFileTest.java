package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ReadOptions;
import dev.infermux.config.ReloadSource;
import dev.infermux.config.ReloadTrigger;
import dev.infermux.inbound.management.view.ReloadOutcome;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A start without a file, in a directory where one may appear. */
@ExtendWith(VertxExtension.class)
class AwaitedFileTest {

  @TempDir Path directory;

  @Test
  void there_is_nothing_to_read_again_until_it_has_come(Vertx vertx) throws Exception {
    Path file = directory.resolve("infermux.yml");
    ReloadSource source = ReloadSource.of(file, ReadOptions.of(Map.of())).withAwaited(true);
    InferMux router =
        InferMux.create(vertx, Config.echo(), InferMuxOptions.defaults().withReloadSource(source))
            .await();

    ReloadOutcome none = router.reload(ReloadTrigger.API).await();
    Files.writeString(file, "providers: [{ name: came, type: echo }]");
    router.reload(ReloadTrigger.API).await();
    Files.delete(file);
    ReloadOutcome gone = router.reload(ReloadTrigger.API).await();
    router.close().await();

    assertThat(none.source()).isEmpty();
    assertThat(none.status()).isEqualTo(ReloadOutcome.Status.REJECTED);
    assertThat(gone.source()).isEqualTo(file.toString());
  }
}
