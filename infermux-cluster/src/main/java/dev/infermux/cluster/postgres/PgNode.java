package dev.infermux.cluster.postgres;

import dev.infermux.policy.budget.SharedBudgetOptions;

/**
 * What this node says of itself.
 *
 * @param cluster the name of all nodes together
 * @param name of its machine
 * @param version of its program
 */
record PgNode(SharedBudgetOptions options, String cluster, String name, String version) {}
