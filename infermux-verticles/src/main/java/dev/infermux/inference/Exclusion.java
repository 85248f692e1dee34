package dev.infermux.inference;

/** Why a provider does not take part in a call; the wire names stand in errors and in explain. */
public enum Exclusion {
  /** The model's route group does not list it. */
  GROUP("not_in_group"),
  /** The call is pinned to another provider. */
  PIN("not_pinned"),
  /** It does not serve the model. */
  MODEL("model_not_served"),
  /** Its API cannot do the operation. */
  OPERATION("operation_not_supported"),
  /** Its health check fails. */
  UNHEALTHY("unhealthy"),
  /** Its circuit is open. */
  CIRCUIT_OPEN("circuit_open"),
  /** Its circuit is half-open and the one probe is under way. */
  PROBE_RUNNING("circuit_half_open"),
  /** It is at its own or at the provider's rate limit. */
  RATE_LIMIT("rate_limit"),
  /** Its model has no price, and the caller a hard limit. */
  UNPRICED("unpriced"),
  /** The account behind its credential is spent. */
  QUOTA("quota"),
  /** It has lately answered that it takes no more of the model, and not said for how long. */
  COOLDOWN("cooldown"),
  /** It has lately answered that it does not know the model. */
  UNKNOWN_MODEL("model_not_found"),
  /** It was tried already. */
  TRIED("tried");

  private final String wireName;

  Exclusion(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether it is only a hint: a call that nobody else can serve is sent there all the same. */
  public boolean hint() {
    return this == UNHEALTHY || this == COOLDOWN || this == UNKNOWN_MODEL;
  }
}
