/** Shared budgets and cost entries in PostgreSQL: schema, statements, connections. Internal. */
@NullMarked
package dev.infermux.cluster.postgres;

import org.jspecify.annotations.NullMarked;
