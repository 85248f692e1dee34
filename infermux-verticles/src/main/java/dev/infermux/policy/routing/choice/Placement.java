package dev.infermux.policy.routing.choice;

/** Whether a model belongs to a provider that does not say which models it serves. */
public enum Placement {
  /** It is its vendor's, or no vendor's that is known. */
  OWN,
  /** It is another vendor's, but nobody knows whose models this provider resells. */
  DOUBTFUL,
  /** It is another vendor's. */
  FOREIGN
}
