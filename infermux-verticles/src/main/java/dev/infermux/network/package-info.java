/**
 * How this process reaches other hosts: whom it trusts, and through which proxies it goes. Imports
 * the vocabulary alone. Public API in part.
 */
@NullMarked
package dev.infermux.network;

import org.jspecify.annotations.NullMarked;
