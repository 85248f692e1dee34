package dev.infermux.events.tracing;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;

/** The attribute names that are not GenAI's: those of HTTP and RPC spans, and our own. */
final class SpanAttributes {

  static final AttributeKey<String> METHOD = stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = stringKey("http.route");
  static final AttributeKey<Long> STATUS_CODE = longKey("http.response.status_code");
  static final AttributeKey<Long> RESEND_COUNT = longKey("http.request.resend_count");
  static final AttributeKey<String> PATH = stringKey("url.path");
  static final AttributeKey<String> RPC_SYSTEM = stringKey("rpc.system");
  static final AttributeKey<String> RPC_SERVICE = stringKey("rpc.service");
  static final AttributeKey<String> RPC_METHOD = stringKey("rpc.method");
  static final AttributeKey<String> CLIENT = stringKey("client.address");
  static final AttributeKey<String> USER_AGENT = stringKey("user_agent.original");

  static final AttributeKey<String> REQUEST_ID = stringKey("infermux.request.id");
  static final AttributeKey<String> INGRESS = stringKey("infermux.ingress");
  static final AttributeKey<String> STATUS = stringKey("infermux.status");
  static final AttributeKey<String> PROVIDER = stringKey("infermux.provider");
  static final AttributeKey<String> TRANSLATED = stringKey("infermux.translated");
  static final AttributeKey<String> DROPPED = stringKey("infermux.dropped");
  static final AttributeKey<String> STRATEGY = stringKey("infermux.strategy");
  static final AttributeKey<String> GROUP = stringKey("infermux.route_group");
  static final AttributeKey<String> OVERRIDE = stringKey("infermux.model_override");
  static final AttributeKey<Long> ATTEMPTS = longKey("infermux.attempts");
  static final AttributeKey<String> CALLER = stringKey("infermux.caller");
  static final AttributeKey<String> PROJECT = stringKey("infermux.project");
  static final AttributeKey<String> ENV = stringKey("infermux.env");

  /** In US dollars. OpenTelemetry has no convention for money. */
  static final AttributeKey<Double> COST = doubleKey("infermux.cost.usd");

  static final AttributeKey<String> COST_STATUS = stringKey("infermux.cost.status");
  static final AttributeKey<Boolean> ESTIMATED = booleanKey("infermux.usage.estimated");

  private SpanAttributes() {}

  static void putIfAny(AttributesBuilder into, AttributeKey<String> key, String value) {
    if (!value.isEmpty()) {
      into.put(key, value);
    }
  }
}
