/**
 * Several nodes as one cluster: how a node joins, and at which address. Configuration, the assembly
 * and the command line import it. Public API in part.
 */
@NullMarked
package dev.infermux.nodes;

import org.jspecify.annotations.NullMarked;
