package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.inbound.management.view.CircuitAction;
import dev.infermux.inference.Exclusion;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/api.md says of the management API is what there is. */
@ExtendWith(VertxExtension.class)
class ManagementPageTest {

  private static final Path PAGE = Path.of("..", "docs", "api.md");

  @Test
  void every_path_is_listed(Vertx vertx) throws Exception {
    String page = Files.readString(PAGE);

    List<String> paths = new ArrayList<>();
    try (ScriptedViews views = new ScriptedViews(vertx, null);
        Wire wire = Wire.connect(views.port())) {
      String message = wire.get("/_infermux/nowhere").error().getString("message");
      String expected = message.substring(message.indexOf("/_infermux/: ") + 13);
      paths.addAll(List.of(expected.replace(")", "").split(" \\| ")));
    }

    assertThat(paths).contains("health", "route/explain");
    assertThat(paths).allSatisfy(path -> assertThat(page).contains(" " + path + "`"));
  }

  @Test
  void every_field_of_a_provider_and_every_reason_is_explained(Vertx vertx) throws Exception {
    String page = Files.readString(PAGE);

    List<String> names = new ArrayList<>();
    try (ScriptedViews views = new ScriptedViews(vertx, null);
        Wire wire = Wire.connect(views.port())) {
      views.put(ScriptedViews.open("a", Instant.EPOCH));
      JsonArray rows = new JsonArray(wire.get("/_infermux/providers").body());
      names.addAll(((JsonObject) rows.getValue(0)).fieldNames());
      names.addAll(wire.get("/_infermux/status").json().fieldNames());
    }
    for (Exclusion reason : Exclusion.values()) {
      if (reason != Exclusion.TRIED) {
        names.add(reason.wireName());
      }
    }

    assertThat(names).hasSizeGreaterThan(20);
    assertThat(names).allSatisfy(name -> assertThat(page).containsAnyOf("`" + name, '"' + name));
    assertThat(CircuitAction.values())
        .allSatisfy(action -> assertThat(page).contains("/circuit/" + action.wireName()));
  }
}
