/**
 * Makes JSON that fits a JSON Schema, for the answers of mocks. Only the mock imports it. Internal.
 */
@NullMarked
package dev.infermux.mock.schema;

import org.jspecify.annotations.NullMarked;
