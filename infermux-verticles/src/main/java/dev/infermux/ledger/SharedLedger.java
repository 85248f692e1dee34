package dev.infermux.ledger;

import dev.infermux.nodes.ChangeStore;

/**
 * The ledger of one node among several: its accounts spend what a database that all share has
 * authorised. See docs/nodes.md.
 */
public interface SharedLedger extends Reservations, CostReports, Durability, BudgetTerms {

  /** How the node stands with the others; for metrics. Any thread's. */
  SharedLedgerStatus status();

  /** What all nodes know together. */
  NodesLedger nodes();

  /** What is changed for all nodes while they run. */
  ChangeStore changes();
}
