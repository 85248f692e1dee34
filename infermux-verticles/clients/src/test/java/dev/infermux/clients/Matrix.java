package dev.infermux.clients;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The results of a run of all clients: a file, and a table of it in the docs, between two comments.
 */
final class Matrix {

  static final Path FILE = Path.of("results.json");
  static final Path PAGE = Path.of("../../docs/dialects.md");
  private static final String BEGIN = "<!-- matrix: written by the profile clients -->\n";
  private static final String END = "<!-- end of the matrix -->";

  private final Map<String, JsonObject> rows = new LinkedHashMap<>();

  Matrix() {}

  /** The last one that was recorded. */
  static Matrix recorded() {
    Matrix matrix = new Matrix();
    for (Object row : new JsonArray(read(FILE))) {
      matrix.add((JsonObject) row);
    }
    return matrix;
  }

  void put(Client client, Behind behind, Map<Scenario, Outcome> outcomes) {
    JsonObject results = new JsonObject();
    for (Scenario scenario : Scenario.values()) {
      results.put(scenario.text(), outcomes.get(scenario).result());
    }
    add(
        new JsonObject()
            .put("client", client.name())
            .put("front", client.front())
            .put("provider", behind.text())
            .put("results", results));
  }

  private void add(JsonObject row) {
    rows.put(key(row.getString("client"), row.getString("front"), row.getString("provider")), row);
  }

  private static String key(String client, String front, String provider) {
    return client + " " + front + " " + provider;
  }

  /** Writes the file and the docs; clients that did not run keep what was recorded of them. */
  void record() {
    Matrix before = recorded();
    Map<String, JsonObject> ran = new LinkedHashMap<>(rows);
    rows.clear();
    for (Client client : Clients.all()) {
      for (Behind behind : Behind.values()) {
        String key = key(client.name(), client.front(), behind.text());
        Optional.ofNullable(ran.getOrDefault(key, before.rows.get(key))).ifPresent(this::add);
      }
    }
    StringBuilder text = new StringBuilder();
    rows.values().forEach(row -> text.append(text.isEmpty() ? "[\n" : ",\n").append(row.encode()));
    write(FILE, text.append("\n]\n").toString());
    String page = read(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    write(PAGE, page.substring(0, begin) + markdown() + page.substring(page.indexOf(END)));
  }

  /** What the docs show. */
  static String shown() {
    String page = read(PAGE);
    return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
  }

  /** One row for each front API and provider type, one cell for each scenario. */
  String markdown() {
    StringBuilder text = new StringBuilder("\n| front API | provider type |");
    for (Scenario scenario : Scenario.values()) {
      text.append(' ').append(scenario.text()).append(" |");
    }
    text.append("\n|---|---|").append("---|".repeat(Scenario.values().length)).append('\n');
    cells().forEach((row, results) -> text.append(line(row, results)));
    return text.append(fronts()).append('\n').toString();
  }

  private String fronts() {
    Map<String, Set<String>> clients = new LinkedHashMap<>();
    for (JsonObject row : rows.values()) {
      clients
          .computeIfAbsent(row.getString("front"), front -> new LinkedHashSet<>())
          .add(row.getString("client"));
    }
    StringBuilder text = new StringBuilder("\n| front API | clients |\n|---|---|\n");
    clients.forEach(
        (front, names) -> text.append("| `" + front + "` | " + String.join(", ", names) + " |\n"));
    return text.toString();
  }

  private Map<String, List<JsonObject>> cells() {
    Map<String, List<JsonObject>> cells = new LinkedHashMap<>();
    for (JsonObject row : rows.values()) {
      String key = "| `" + row.getString("front") + "` | " + row.getString("provider") + " |";
      cells.computeIfAbsent(key, missing -> new ArrayList<>()).add(row);
    }
    return cells;
  }

  private static String line(String row, List<JsonObject> clients) {
    StringBuilder line = new StringBuilder(row);
    for (Scenario scenario : Scenario.values()) {
      long ran = count(clients, scenario, "ok") + count(clients, scenario, "failed");
      long good = count(clients, scenario, "ok");
      line.append(ran == 0 ? " – |" : good == ran ? " " + good + " ✓ |" : failed(good, ran));
    }
    return line.append('\n').toString();
  }

  private static String failed(long good, long ran) {
    return " " + good + " of " + ran + " |";
  }

  private static long count(List<JsonObject> clients, Scenario scenario, String result) {
    return clients.stream()
        .filter(row -> row.getJsonObject("results").getString(scenario.text()).equals(result))
        .count();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
