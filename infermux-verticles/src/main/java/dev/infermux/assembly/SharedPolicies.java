package dev.infermux.assembly;

import dev.infermux.nodes.hints.NodeHints;
import dev.infermux.policy.circuit.CircuitBreakers;

/**
 * What the policies of all providers have together.
 *
 * @param circuits makes their circuits
 * @param hints tells other nodes what a provider has said
 */
record SharedPolicies(CircuitBreakers circuits, NodeHints hints) {}
