package dev.infermux.mist;

/** The message types: those of the family, this project's extensions, and its published events. */
public final class MistType {

  public static final String INFER_REQUEST = "infer.request";
  public static final String INFER_RESPONSE = "infer.response";

  /** Extension: one streamed piece of a response. */
  public static final String INFER_CHUNK = "infer.chunk";

  /** Extension: the answer when a request fails. */
  public static final String INFER_ERROR = "infer.error";

  public static final String TRACE_SPAN = "trace.span";
  public static final String TRACE_ALERT = "trace.alert";
  public static final String EVAL_RUN = "eval.run";
  public static final String EVAL_RESULT = "eval.result";
  public static final String DATA_ENTITIES = "data.entities";
  public static final String DATA_SCHEMA = "data.schema";
  public static final String HEALTH_PING = "health.ping";
  public static final String HEALTH_PONG = "health.pong";

  public static final String EVENT_INFERENCE_REQUEST = "event.inference_request";
  public static final String EVENT_PROVIDER_COST = "event.provider_cost";
  public static final String EVENT_CIRCUIT_STATE = "event.circuit_state";
  public static final String EVENT_PROVIDER_HEALTH = "event.provider_health";
  public static final String EVENT_BUDGET_ALERT = "event.budget_alert";
  public static final String EVENT_CONFIG = "event.config";

  private MistType() {}
}
