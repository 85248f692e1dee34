package dev.infermux.inference;

/**
 * Where a call was served.
 *
 * @param provider empty when no provider was reached
 * @param model as the provider knows it
 * @param group the route group; empty when none applies
 * @param override the model that replaced the asked one for budget's sake; empty when none did
 * @param loweredTo the longest completion that the budget left room for; 0 when it lowered none
 * @param attempts how many attempts were made in all
 */
public record ServedBy(
    String provider,
    String model,
    String strategy,
    String group,
    String override,
    long loweredTo,
    int attempts) {

  public static final ServedBy NONE = new ServedBy("", "", "", "", "", 0, 0);
}
