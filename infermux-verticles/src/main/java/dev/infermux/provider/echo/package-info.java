/** The built-in provider that answers without any network. Only the assembly imports it. */
@NullMarked
package dev.infermux.provider.echo;

import org.jspecify.annotations.NullMarked;
