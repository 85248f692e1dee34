/**
 * One call on its way in: who asks for what, with which body. Doors, pipeline and providers import
 * it.
 */
@NullMarked
package dev.infermux.inference.call;

import org.jspecify.annotations.NullMarked;
