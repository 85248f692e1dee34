package dev.infermux.operations;

import dev.infermux.inbound.management.view.MetricsView;
import dev.infermux.vertx.Contexts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shares renderings between scrapers: one is under way for each format at most, and those who ask
 * meanwhile all get the next one, so that each sees what was true when it asked. Any number of
 * scrapers costs what one without a pause costs. Safe on any thread.
 */
final class Scrapes implements MetricsView {

  private final Vertx vertx;
  private final Function<String, String> format;
  private final MetricsView each;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /**
   * Renders nothing yet.
   *
   * @param format names the format that a scraper accepts
   * @param each renders anew each time
   */
  Scrapes(Vertx vertx, Function<String, String> format, MetricsView each) {
    this.vertx = vertx;
    this.format = format;
    this.each = each;
  }

  @Override
  public Future<Text> metrics(String accept) {
    return lines.computeIfAbsent(format.apply(accept), any -> new Line(accept)).ask();
  }

  /** Those who want one format. */
  private final class Line {

    private final String accept;
    private final List<Promise<Text>> waiting = new ArrayList<>();
    private boolean busy;

    Line(String accept) {
      this.accept = accept;
    }

    Future<Text> ask() {
      Promise<Text> asked = waits();
      return asked == null ? render() : asked.future();
    }

    private synchronized @Nullable Promise<Text> waits() {
      if (!busy) {
        busy = true;
        return null;
      }
      Promise<Text> asked = Contexts.promise(vertx);
      waiting.add(asked);
      return asked;
    }

    private Future<Text> render() {
      Future<Text> text = rendered();
      text.onComplete(done -> next());
      return text;
    }

    private Future<Text> rendered() {
      try {
        return each.metrics(accept);
      } catch (RuntimeException e) {
        return Future.failedFuture(e);
      }
    }

    private void next() {
      List<Promise<Text>> all = all();
      if (!all.isEmpty()) {
        render().onComplete(text -> all.forEach(one -> one.handle(text)));
      }
    }

    private synchronized List<Promise<Text>> all() {
      List<Promise<Text>> all = List.copyOf(waiting);
      waiting.clear();
      busy = !all.isEmpty();
      return all;
    }
  }
}
