/** Tests of the account of buffered bytes. */
@org.jspecify.annotations.NullMarked
package dev.infermux.memory;
