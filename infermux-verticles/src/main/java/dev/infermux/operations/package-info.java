/**
 * What operators see and change, read from the providers' state and asked of the budget verticle.
 * The assembly imports it. Internal.
 */
@NullMarked
package dev.infermux.operations;

import org.jspecify.annotations.NullMarked;
