package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.keys.KeyJson;
import dev.infermux.keys.VirtualKey;
import dev.infermux.keys.VirtualKeys;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The keys of callers that are valid at all nodes. Safe on any thread. */
final class SharedKeys {

  static final String KIND = "key";

  private final VirtualKeys keys;
  private volatile List<String> unreadable = List.of();

  SharedKeys(VirtualKeys keys) {
    this.keys = keys;
  }

  /** Puts them in force, and those that there were before out of it. */
  void replace(List<SharedChange> changes) {
    List<VirtualKey> read = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (SharedChange change : changes) {
      if (change.kind().equals(KIND) && change.effect() == ChangeEffect.SET) {
        try {
          read.add(KeyJson.read(new JsonObject(change.body())));
        } catch (RuntimeException unknown) {
          broken.add("key " + change.name() + ": it cannot be read");
        }
      }
    }
    keys.replaceShared(read);
    unreadable = List.copyOf(broken);
  }

  /** What of them does not count beside this node's own configuration. */
  List<String> problems(Config config) {
    List<String> all = new ArrayList<>(unreadable);
    for (VirtualKey key : keys.allShared()) {
      String conflict = KeyConflicts.withFile(config, key.terms());
      if (!conflict.isEmpty()) {
        all.add("key " + key.id() + ": " + conflict + "; the file's counts");
      }
    }
    return all;
  }
}
