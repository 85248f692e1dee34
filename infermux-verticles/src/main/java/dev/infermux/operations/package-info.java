/**
 * What operators see and change, read from the providers' state and asked of the budget verticle.
 * The assembly imports it.
 */
@NullMarked
package dev.infermux.operations;

import org.jspecify.annotations.NullMarked;
