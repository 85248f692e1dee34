/**
 * What operators see and turn, read off the standings of the providers and asked of the budget
 * verticle. The assembly imports it; it fills the management door's views.
 */
@NullMarked
package dev.infermux.operations;

import org.jspecify.annotations.NullMarked;
