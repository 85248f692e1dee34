package dev.infermux.mock;

import dev.infermux.mock.http.WireStep;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One API that a mock speaks. */
interface MockApi {

  /** Answers a request; null = its path is none of this API's. */
  @Nullable Iterator<WireStep> answer(ApiRequest request);
}
