/** Azure OpenAI: where its deployments are, and OpenAI's API there. Internal. */
@NullMarked
package dev.infermux.provider.azure;

import org.jspecify.annotations.NullMarked;
