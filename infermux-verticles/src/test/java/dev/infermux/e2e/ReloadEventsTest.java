package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers are told of a file that is watched: each change that is taken or refused. */
@ExtendWith(VertxExtension.class)
class ReloadEventsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private @Nullable FileGateway started;

  @AfterEach
  void close() {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void each_way_of_writing_the_file_is_told_when_it_is_applied(Vertx vertx) throws Exception {
    BusEvents events = new BusEvents(vertx);
    Path mounted = Files.createDirectories(directory.resolve("config"));
    Path data = mounted.resolve("..data");
    Path file = mounted.resolve("infermux.yml");
    Files.createSymbolicLink(data, version("v1", "one"));
    Files.createSymbolicLink(file, Path.of("..data", "infermux.yml"));
    FileGateway gateway = start(vertx, file, "");

    Path next = Files.createSymbolicLink(mounted.resolve("..tmp"), version("v2", "two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    JsonObject pointedElsewhere = applied(events, "two");
    Files.writeString(data.resolve("infermux.yml"), FileGateway.complete(text("three")));
    JsonObject writtenInPlace = applied(events, "three");
    Files.delete(file);
    gateway.write(text("four"));
    JsonObject replaced = applied(events, "four");

    assertThat(List.of(pointedElsewhere, writtenInPlace, replaced))
        .allSatisfy(event -> assertThat(event.getString("trigger")).isEqualTo("file"))
        .allSatisfy(event -> assertThat(event.getString("source")).isEqualTo(file.toString()))
        .allSatisfy(event -> assertThat(event.getJsonArray("problems")).isNullOrEmpty());
    assertThat(pointedElsewhere.getJsonArray("providers_removed")).containsExactly("one");
    assertThat(writtenInPlace.getJsonArray("providers_removed")).containsExactly("two");
  }

  @Test
  void a_price_list_that_the_file_names_is_told_too(Vertx vertx) throws Exception {
    BusEvents events = new BusEvents(vertx);
    Path prices = directory.resolve("prices.json");
    FileGateway.priceList(prices, "2");
    start(vertx, directory.resolve("infermux.yml"), text("a") + "pricing_file: " + prices + "\n");

    FileGateway.priceList(prices, "4");
    JsonObject changed = told(events, "applied", "");
    Files.writeString(prices, "{ \"as_of\": ");
    JsonObject broken = told(events, "rejected", "prices.json");

    assertThat(changed.getJsonArray("changed")).containsExactly("pricing, pricing_file");
    assertThat(broken.getString("trigger")).isEqualTo("file");
  }

  @Test
  void a_file_that_it_names_and_that_comes_later_is_waited_for(Vertx vertx) throws Exception {
    BusEvents events = new BusEvents(vertx);
    Path prices = directory.resolve("prices.json");
    FileGateway gateway = start(vertx, directory.resolve("infermux.yml"), text("a"));
    gateway.write(text("b") + "pricing_file: " + prices + "\n");
    told(events, "rejected", "prices.json does not exist");

    Files.writeString(prices, "{}");
    FileGateway.priceList(prices, "2");

    assertThat(applied(events, "b").getString("trigger")).isEqualTo("file");
  }

  @Test
  void each_way_of_breaking_the_file_is_told_and_the_former_stays(Vertx vertx) throws Exception {
    BusEvents events = new BusEvents(vertx);
    Path file = directory.resolve("infermux.yml");
    FileGateway gateway = start(vertx, file, text("a"));

    gateway.write("providers: [\n");
    told(events, "rejected", "line ");
    gateway.write(text("a") + "routing: { strategy: fastest }\n");
    JsonObject wrong = told(events, "rejected", "routing.strategy");
    Files.delete(file);
    told(events, "rejected", "not found");

    assertThat(wrong.getString("trigger")).isEqualTo("file");
    assertThat(wrong.getJsonArray("changed")).isNullOrEmpty();
    assertThat(wrong.getJsonArray("providers_added")).isNullOrEmpty();
    assertThat(gateway.call().header("x-infermux-provider")).isEqualTo("a");

    gateway.write(text("b"));

    assertThat(applied(events, "b").getJsonArray("providers_removed")).containsExactly("a");
    assertThat(gateway.call().header("x-infermux-provider")).isEqualTo("b");
  }

  @Test
  void a_file_that_is_again_as_it_is_in_force_is_told_after_it_was_refused(Vertx vertx)
      throws Exception {
    BusEvents events = new BusEvents(vertx);
    Path file = directory.resolve("infermux.yml");
    FileGateway gateway = start(vertx, file, text("a"));
    gateway.reload(); // behind the reading at the start, so that the watch alone sees what follows
    Files.delete(file);
    told(events, "rejected", "not found");

    gateway.write(text("a"));

    JsonObject well = one(events, "unchanged", event -> event.getString("trigger").equals("file"));
    assertThat(well.getString("source")).isEqualTo(file.toString());
  }

  @Test
  void a_file_that_is_restored_at_once_is_told_after_a_reload_was_refused(Vertx vertx)
      throws Exception {
    BusEvents events = new BusEvents(vertx);
    FileGateway gateway = start(vertx, directory.resolve("infermux.yml"), text("a"));
    gateway.reload();
    gateway.write("providers: [\n");
    gateway.reload();

    gateway.write(text("a"));

    told(events, "rejected", "line ");
    one(events, "unchanged", event -> event.getString("trigger").equals("file"));
  }

  private FileGateway start(Vertx vertx, Path file, String yaml) {
    started = FileGateway.start(vertx, file, yaml);
    return Objects.requireNonNull(started);
  }

  private static JsonObject applied(BusEvents events, String provider) {
    return one(events, "applied", event -> strings(event, "providers_added").contains(provider));
  }

  /** The first one of this status that has a problem with these words, or of any for none. */
  private static JsonObject told(BusEvents events, String status, String words) {
    return one(
        events,
        status,
        event ->
            words.isEmpty()
                || strings(event, "problems").stream().anyMatch(text -> text.contains(words)));
  }

  private static JsonObject one(BusEvents events, String status, Predicate<JsonObject> wanted) {
    return await("an event that says " + status)
        .atMost(LONG)
        .until(
            () ->
                events.configs(0).stream()
                    .filter(event -> status.equals(event.getString("status")))
                    .filter(wanted)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static List<String> strings(JsonObject event, String field) {
    return event.getJsonArray(field, new JsonArray()).stream().map(String::valueOf).toList();
  }

  private Path version(String name, String provider) throws Exception {
    Path version = Files.createDirectories(directory.resolve(name));
    Files.writeString(version.resolve("infermux.yml"), FileGateway.complete(text(provider)));
    return version;
  }

  private static String text(String provider) {
    return "providers: [{ name: " + provider + ", type: mock, models: [m] }]\n";
  }
}
