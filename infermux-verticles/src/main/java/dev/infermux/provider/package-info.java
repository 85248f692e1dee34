/**
 * The provider SPI, the registry and the verticle that runs a provider. Provider types, the guard,
 * the pipeline, health, operations and config import it. Public API in part.
 */
@NullMarked
package dev.infermux.provider;

import org.jspecify.annotations.NullMarked;
