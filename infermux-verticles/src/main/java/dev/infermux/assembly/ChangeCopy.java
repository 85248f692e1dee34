package dev.infermux.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.keys.OwnersFile;
import dev.infermux.network.CauseText;
import dev.infermux.network.LinkedFile;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was changed for all nodes as this one had it last, beside its journal: for a start while the
 * database is away. It blocks.
 *
 * @param file null = none
 */
record ChangeCopy(@Nullable Path file) {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.nodes");
  private static final String FORMAT = "infermux-changes-1";

  static ChangeCopy beside(@Nullable Path stateFile) {
    if (stateFile == null) {
      return new ChangeCopy(null);
    }
    Path file = LinkedFile.of(stateFile);
    return new ChangeCopy(file.resolveSibling(file.getFileName() + ".changes"));
  }

  /** Empty where there is none, or one that cannot be read, which the log says. */
  Optional<ChangeState> read() {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(Files.readString(file));
      if (FORMAT.equals(json.getString("format"))) {
        List<SharedChange> changes =
            json.getJsonArray("changes").stream()
                .map(JsonObject.class::cast)
                .map(ChangeCopy::change)
                .toList();
        return Optional.of(new ChangeState(json.getLong("version"), changes));
      }
      LOG.warn("{} is no copy of changes, and is left out", file);
    } catch (IOException | RuntimeException broken) {
      LOG.warn("{} cannot be read as a copy of changes, and is left out", file);
    }
    return Optional.empty();
  }

  /** Without it the node works all the same. */
  void write(ChangeState state) {
    if (file == null) {
      return;
    }
    JsonArray changes = new JsonArray();
    state.changes().forEach(change -> changes.add(json(change)));
    JsonObject json =
        new JsonObject()
            .put("format", FORMAT)
            .put("version", state.version())
            .put("changes", changes);
    try {
      OwnersFile.write(file, json.encodePrettily().getBytes(UTF_8));
    } catch (IOException full) {
      LOG.warn("{} cannot be written: {}", file, CauseText.of(full));
    }
  }

  private static SharedChange change(JsonObject json) {
    return new SharedChange(
        json.getString("kind"),
        json.getString("name"),
        ChangeEffect.valueOf(json.getString("effect")),
        json.getString("body"));
  }

  private static JsonObject json(SharedChange change) {
    return new JsonObject()
        .put("kind", change.kind())
        .put("name", change.name())
        .put("effect", change.effect().name())
        .put("body", change.body());
  }
}
