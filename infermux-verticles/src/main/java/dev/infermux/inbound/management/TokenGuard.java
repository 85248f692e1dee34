package dev.infermux.inbound.management;

import dev.infermux.inbound.BearerToken;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Secret;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Lets pass who presents the management token, or everybody where there is none. */
final class TokenGuard implements Handler<RoutingContext> {

  private final @Nullable Secret token;

  TokenGuard(@Nullable Secret token) {
    this.token = token;
  }

  @Override
  public void handle(RoutingContext context) {
    if (token == null) {
      context.next();
      return;
    }
    String presented = BearerToken.of(context.request().headers());
    if (presented != null && token.matches(presented)) {
      context.next();
    } else {
      Replies.error(
          context,
          new Failure.InvalidApiKey(
              "Authorization: "
                  + (presented == null ? "missing" : "not the management token")
                  + " (expected: Bearer and the value of INFERMUX_MANAGEMENT_TOKEN)"));
    }
  }
}
