package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.NodesLedger.Node;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredNodesTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() {
    vertx.close().await();
  }

  @Test
  void whoever_looks_at_nodes_waits_for_no_store_that_says_nothing() {
    EnvelopeCodec.register(vertx);
    Promise<AskStore.Answered> never = Promise.promise();
    new LocalBus(vertx).serve(StoreClient.address("here"), asked -> never.future()).await();
    StoredNodes nodes =
        new StoredNodes(vertx, new StoreClient(vertx, "here"), () -> new UUID(0, 1));

    Future<List<Node>> list = nodes.list();

    assertThatThrownBy(() -> list.await(60, TimeUnit.SECONDS))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("3000");
  }
}
