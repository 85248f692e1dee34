package dev.infermux.nodes;

/** What becomes of a thing that is changed while nodes run. */
public enum ChangeEffect {
  /** It is so for all nodes. */
  SET,
  /** It is taken away from all nodes, also where their own configuration has it. */
  REMOVED,
  /** Nothing is said of it any more. */
  FORGOTTEN
}
