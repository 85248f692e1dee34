/** The library face and its assembly. It may import every other package; none imports it. */
@NullMarked
package dev.infermux;

import org.jspecify.annotations.NullMarked;
