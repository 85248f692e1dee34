/**
 * Lets a stream that was cut go on at another provider: the request that asks for the rest, and the
 * one stream that the caller sees. Imported by the pipeline alone.
 */
@NullMarked
package dev.infermux.pipeline.continuation;

import org.jspecify.annotations.NullMarked;
