/**
 * Finds who serves a model: route groups, the models that providers list or are known to sell, pins
 * and names that stand for a provider. Imported by the pipeline; the assembly supplies the
 * catalogue.
 */
@NullMarked
package dev.infermux.policy.routing.selection;

import org.jspecify.annotations.NullMarked;
