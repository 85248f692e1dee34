package dev.infermux.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.Config;
import dev.infermux.inbound.Listener;
import dev.infermux.network.Network;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener of any kind is one entry in a list. */
class ListenerListTest {

  private static final int LOOPS = 2;

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private Components components;
  private Cells cells;

  @BeforeEach
  void start() {
    HostServices services =
        new HostServices(
            "1", null, null, false, List.of(), List.of(), null, List.of(), Network.direct(), null);
    components = Components.of(vertx, Config.echo(), services);
    cells = components.cells();
    components
        .budget()
        .open(vertx, "test")
        .compose(durability -> cells.start(vertx, durability))
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void each_cell_has_one_or_the_first_alone_in_the_order_of_the_list() {
    start(
        ListenerFactory.inEveryCell(cell -> new Recorded("grpc", 0)),
        ListenerFactory.inOneCell(cell -> new Recorded("page", 0)));

    assertThat(events).containsExactly("grpc starts", "grpc starts", "page starts");
  }

  @Test
  void all_are_drained_whatever_they_are() {
    ListenerList listeners =
        start(
            ListenerFactory.inEveryCell(cell -> new Recorded("grpc", 0)),
            ListenerFactory.inOneCell(cell -> new Recorded("page", 0)));
    events.clear();

    listeners.drain(Duration.ofSeconds(3)).await();

    assertThat(events)
        .containsExactlyInAnyOrder("grpc drains PT3S", "grpc drains PT3S", "page drains PT3S");
  }

  @Test
  void port_is_found_by_the_listeners_name() {
    ListenerList listeners = start(ListenerFactory.inEveryCell(cell -> new Recorded("grpc", 4317)));

    assertThat(listeners.port("grpc")).hasValue(4317);
    assertThat(listeners.port("page")).isEmpty();
  }

  @Test
  void one_that_cannot_start_fails_the_start_and_is_not_drained() {
    ListenerList listeners = new ListenerList(cells);
    ListenerFactory broken =
        ListenerFactory.inOneCell(
            cell ->
                new Recorded("broken", 0) {
                  @Override
                  public Future<?> start() {
                    return Future.failedFuture("address in use");
                  }
                });

    Future<?> start = listeners.start(List.of(broken));

    assertThat(start.transform(done -> Future.succeededFuture(done.cause().getMessage())).await())
        .isEqualTo("address in use");
    listeners.drain(Duration.ZERO).await();
    assertThat(events).isEmpty();
  }

  @Test
  void each_ends_with_its_cell() {
    start(ListenerFactory.inEveryCell(cell -> new Recorded("grpc", 0)));
    events.clear();

    vertx.deploymentIDs().forEach(id -> vertx.undeploy(id).await());

    assertThat(events).containsExactly("grpc ends", "grpc ends");
  }

  private ListenerList start(ListenerFactory... factories) {
    ListenerList listeners = new ListenerList(cells);
    listeners.start(List.of(factories)).await();
    return listeners;
  }

  private class Recorded extends VerticleBase implements Listener {

    private final String name;
    private final int port;

    Recorded(String name, int port) {
      this.name = name;
      this.port = port;
    }

    @Override
    public Future<?> start() throws Exception {
      events.add(name + " starts");
      return super.start();
    }

    @Override
    public Future<?> stop() throws Exception {
      events.add(name + " ends");
      return super.stop();
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public Future<Void> drain(Duration grace) {
      events.add(name + " drains " + grace);
      return Future.succeededFuture();
    }
  }
}
