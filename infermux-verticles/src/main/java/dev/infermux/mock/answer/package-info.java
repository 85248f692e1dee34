/**
 * Works out and writes a mock's answers in OpenAI's shapes: what is said, and when. The mock and
 * its players import it.
 */
@NullMarked
package dev.infermux.mock.answer;

import org.jspecify.annotations.NullMarked;
