package dev.infermux.policy.routing.selection;

/** Whether a model belongs to a provider that does not say which models it serves. */
public enum ModelOwnership {
  /** It is of the provider's vendor. */
  CLAIMED,
  /** No known vendor owns it, and the provider may serve anything. */
  OPEN,
  /** A provider that claims or lists it is preferred; without one it is tried. */
  DOUBTFUL,
  /** It is another vendor's. */
  FOREIGN
}
