package dev.infermux.policy.routing.selection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rotations of all groups.
 *
 * <p>Each group and each set of providers in it has its own. Were one shared by two models that
 * different providers serve, calls for the one would decide whose turn it is for the other: with A
 * and B serving x, A and C serving y, and the two asked for in turn, B would never be chosen.
 * Configuration bounds how many there are, not the names callers choose. Safe on any thread.
 */
public final class RoundRobinCursors {

  private final Map<Key, RoundRobinCursor> cursors = new ConcurrentHashMap<>();

  RoundRobinCursor of(String group, List<String> providers) {
    return cursors.computeIfAbsent(
        new Key(group, providers), key -> new RoundRobinCursor(providers.size()));
  }

  private record Key(String group, List<String> providers) {}
}
