/**
 * What is known of routing before a call comes: its options, what each provider offers, how fast
 * each one has been, and a plan as explain tells it. Imported by pipeline, standing, operations and
 * config.
 */
@NullMarked
package dev.infermux.policy.routing;

import org.jspecify.annotations.NullMarked;
