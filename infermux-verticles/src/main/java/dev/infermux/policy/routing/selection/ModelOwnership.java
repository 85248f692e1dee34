package dev.infermux.policy.routing.selection;

/** Whether a model belongs to a provider that does not say which models it serves. */
public enum ModelOwnership {
  /** It is of the provider's vendor. */
  CLAIMED,
  /** It is nobody's that is known, and the provider may serve anything. */
  OPEN,
  /** Somebody who claims or lists it is the better choice; without such a one it is tried. */
  DOUBTFUL,
  /** It is another vendor's. */
  FOREIGN
}
