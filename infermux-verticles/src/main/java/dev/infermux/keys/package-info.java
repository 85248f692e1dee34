/**
 * The keys of callers that are made while the gateway runs: known by their hashes alone. The
 * configuration reads the requests for them; the assembly puts them in force. Internal.
 */
@NullMarked
package dev.infermux.keys;

import org.jspecify.annotations.NullMarked;
