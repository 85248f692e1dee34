/** The built-in provider that answers without a network. Only the assembly imports it. Internal. */
@NullMarked
package dev.infermux.provider.echo;

import org.jspecify.annotations.NullMarked;
