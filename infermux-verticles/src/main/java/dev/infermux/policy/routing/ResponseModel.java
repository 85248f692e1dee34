package dev.infermux.policy.routing;

/** Whose model name an answer carries. */
public enum ResponseModel {
  /** The one that really served it. */
  SERVED("served"),
  /** The one the caller asked for. */
  REQUESTED("requested");

  private final String wireName;

  ResponseModel(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
