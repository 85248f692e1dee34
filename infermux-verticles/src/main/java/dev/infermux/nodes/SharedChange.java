package dev.infermux.nodes;

/**
 * One thing that was changed for all nodes.
 *
 * @param kind of thing; a node leaves alone what it does not know
 * @param body JSON, empty unless it is set
 */
public record SharedChange(String kind, String name, ChangeEffect effect, String body) {

  /** It is to be so. */
  public static SharedChange set(String kind, String name, String body) {
    return new SharedChange(kind, name, ChangeEffect.SET, body);
  }

  /** It is to be gone. */
  public static SharedChange without(String kind, String name, ChangeEffect effect) {
    return new SharedChange(kind, name, effect, "");
  }
}
