/**
 * What the nodes of a cluster tell each other, and what becomes of it here: hints, which nothing
 * depends on. A hint that is lost, late, repeated or forged neither spends nor frees money and
 * reveals no key. The assembly imports it. Internal.
 */
@NullMarked
package dev.infermux.nodes.hints;

import org.jspecify.annotations.NullMarked;
