package dev.infermux.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of several nodes makes the checks. */
@ExtendWith(VertxExtension.class)
class SharedChecksTest {

  private final List<String> found = new CopyOnWriteArrayList<>();
  private MockUpstream upstream;
  private HealthRig rig;
  private HealthTarget target;

  @BeforeEach
  void open(Vertx vertx) {
    upstream = MockUpstream.start(vertx);
    upstream.always(MockAnswer.json("{\"object\":\"list\",\"data\":[]}"));
    rig = new HealthRig(vertx);
    target =
        rig.add(
            ProviderOptions.of("up", ProviderType.OPENAI)
                .withBaseUrl(upstream.baseUrl())
                .withApiKey(Secret.of("sk-own")),
            HealthRig.OFTEN);
  }

  @AfterEach
  void close() {
    rig.close();
    upstream.close();
  }

  @Test
  void the_node_whose_turn_it_is_asks_and_tells() {
    start(() -> true);

    await().until(() -> found.size() > 3);
    assertThat(found).allMatch("up well"::equals);
  }

  @Test
  void a_node_that_is_told_asks_at_its_start_alone() {
    AtomicBoolean well = new AtomicBoolean(true);
    start(
        () -> {
          rig.verticle()
              .told("up", well.get() ? Optional.empty() : Optional.of("answered 503 elsewhere"));
          return false;
        });

    await().until(() -> rig.plans() > 10);
    assertThat(upstream.requests()).hasSize(1);
    well.set(false);
    await().until(() -> !target.health().healthy());
    assertThat(target.health().view().reason()).isEqualTo("answered 503 elsewhere");
    well.set(true);
    await().until(() -> target.health().healthy());

    assertThat(upstream.requests()).hasSize(1);
    assertThat(rig.events(0)).as("who has asked has published").isEmpty();
  }

  @Test
  void a_node_that_is_told_nothing_for_two_intervals_asks_itself() {
    start(() -> false);

    await().until(() -> upstream.requests().size() > 3);
    assertThat(rig.plans()).as("two turns were left out").isGreaterThanOrEqualTo(4);
    assertThat(target.health().healthy()).isTrue();
  }

  private void start(BooleanSupplier mine) {
    rig.share(
        new CheckDuty() {
          @Override
          public boolean mine() {
            return mine.getAsBoolean();
          }

          @Override
          public void found(String provider, Optional<String> reason) {
            found.add(provider + " " + reason.orElse("well"));
          }
        });
    rig.start();
  }
}
