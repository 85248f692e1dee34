/**
 * What a program asks of models and what it gets back, as immutable values. The library's face,
 * OpenAI's dialect, mocks and providers of a program's own import it. Public API.
 */
@NullMarked
package dev.infermux.api;

import org.jspecify.annotations.NullMarked;
