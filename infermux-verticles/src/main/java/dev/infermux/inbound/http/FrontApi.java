package dev.infermux.inbound.http;

import dev.infermux.inbound.auth.Credentials;
import java.util.List;

/**
 * One API that callers speak over HTTP, as a value. Another one is a class that makes such a value,
 * and its line in {@link FrontApis}.
 *
 * @param credentials where its callers present their key
 * @param errors how it shows failures
 * @param routes its resources
 */
record FrontApi(Credentials credentials, ErrorFormat errors, List<HttpRoute> routes) {

  FrontApi {
    routes = List.copyOf(routes);
  }
}
