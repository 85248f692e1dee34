package dev.infermux.ledger;

/**
 * How a node stands with the database that authorises it.
 *
 * @param authorisedNanos all that its open leases may spend
 * @param freeNanos what of it is neither spent nor held
 * @param leases how many there are
 * @param steps answered so far
 * @param stepNanos how long their answers took, together
 * @param waits calls that waited for a step
 * @param backlog costs that are still to be told
 * @param reachable whether the database answers
 * @param nodes how many live
 * @param unsettledNanos what leases of lost nodes still hold
 * @param skewMillis by how much this machine's clock is ahead of the database's
 * @param versions how many different ones the programs of living nodes are of
 */
public record SharedLedgerStatus(
    long authorisedNanos,
    long freeNanos,
    int leases,
    long steps,
    long stepNanos,
    long waits,
    long backlog,
    boolean reachable,
    int nodes,
    long unsettledNanos,
    long skewMillis,
    int versions,
    Tables tables) {

  /**
   * The versions of the tables that nodes share.
   *
   * @param version that they are of; 0 = nobody has looked yet
   * @param known that this program would make
   */
  public record Tables(int version, int known) {
    public static final Tables UNKNOWN = new Tables(0, 0);
  }
}
