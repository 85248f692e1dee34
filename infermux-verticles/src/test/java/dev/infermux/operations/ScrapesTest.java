package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.management.view.MetricsView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ScrapesTest {

  private final List<Promise<MetricsView.Text>> begun = new ArrayList<>();

  @Test
  void those_who_ask_while_one_is_made_share_the_next(Vertx vertx) throws Exception {
    Scrapes scrapes = scrapes(vertx);
    Future<MetricsView.Text> first = scrapes.metrics("a");
    Future<MetricsView.Text> second = scrapes.metrics("a");
    Future<MetricsView.Text> third = scrapes.metrics("a");
    assertThat(begun).hasSize(1);

    begun.get(0).complete(text("one"));
    assertThat(begun).hasSize(2);
    begun.get(1).complete(text("two"));

    assertThat(told(first)).isEqualTo("one");
    assertThat(told(second)).isEqualTo("two");
    assertThat(told(third)).isEqualTo("two");
    assertThat(begun).hasSize(2);
  }

  @Test
  void each_asks_anew_when_nobody_else_does(Vertx vertx) throws Exception {
    Scrapes scrapes = scrapes(vertx);
    Future<MetricsView.Text> first = scrapes.metrics("a");
    begun.get(0).complete(text("one"));
    Future<MetricsView.Text> second = scrapes.metrics("a");
    begun.get(1).complete(text("two"));

    assertThat(told(first)).isEqualTo("one");
    assertThat(told(second)).isEqualTo("two");
  }

  @Test
  void formats_do_not_wait_for_each_other(Vertx vertx) throws Exception {
    Scrapes scrapes = scrapes(vertx);
    scrapes.metrics("a");
    Future<MetricsView.Text> other = scrapes.metrics("b");
    begun.get(1).complete(text("other"));

    assertThat(told(other)).isEqualTo("other");
  }

  @Test
  void failure_is_told_and_the_next_is_made(Vertx vertx) throws Exception {
    Scrapes scrapes = scrapes(vertx);
    Future<MetricsView.Text> first = scrapes.metrics("a");
    Future<MetricsView.Text> second = scrapes.metrics("a");
    begun.get(0).fail("broken");
    begun.get(1).fail("still");

    assertThat(first.failed()).isTrue();
    second.transform(any -> Future.succeededFuture()).await(20, TimeUnit.SECONDS);
    assertThat(second.cause()).hasMessage("still");
    Future<MetricsView.Text> third = scrapes.metrics("a");
    begun.get(2).complete(text("three"));
    assertThat(told(third)).isEqualTo("three");
  }

  @Test
  void bug_in_the_renderer_does_not_stop_all_later_ones(Vertx vertx) throws Exception {
    boolean[] broken = {true};
    Scrapes scrapes =
        new Scrapes(
            vertx,
            accept -> accept,
            accept -> {
              if (broken[0]) {
                throw new IllegalStateException("on purpose");
              }
              return Future.succeededFuture(text("fine"));
            });

    assertThat(scrapes.metrics("a").failed()).isTrue();
    broken[0] = false;
    assertThat(told(scrapes.metrics("a"))).isEqualTo("fine");
  }

  private Scrapes scrapes(Vertx vertx) {
    return new Scrapes(
        vertx,
        accept -> accept,
        accept -> {
          Promise<MetricsView.Text> one = Promise.promise();
          begun.add(one);
          return one.future();
        });
  }

  private static MetricsView.Text text(String body) {
    return new MetricsView.Text("text/plain", Buffer.buffer(body));
  }

  private static String told(Future<MetricsView.Text> asked) throws Exception {
    return asked.await(20, TimeUnit.SECONDS).body().toString();
  }
}
