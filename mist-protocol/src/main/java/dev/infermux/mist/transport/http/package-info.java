/**
 * The HTTP sender, on Vert.x, and the choice of a sender by URL. Anyone who has Vert.x may import
 * it.
 */
@NullMarked
package dev.infermux.mist.transport.http;

import org.jspecify.annotations.NullMarked;
