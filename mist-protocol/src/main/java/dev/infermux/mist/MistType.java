package dev.infermux.mist;

/**
 * The message types: those of the family, this project's extensions, its published events, and what
 * its verticles say to each other inside one process.
 */
public final class MistType {

  public static final String INFER_REQUEST = "infer.request";
  public static final String INFER_RESPONSE = "infer.response";

  /** Extension: one streamed piece of a response. */
  public static final String INFER_CHUNK = "infer.chunk";

  /** Extension: the answer when a request fails. */
  public static final String INFER_ERROR = "infer.error";

  /** Extension: ends a request that is under way. */
  public static final String INFER_CANCEL = "infer.cancel";

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

  /** Inside one process: a call for the router of a cell. */
  public static final String INFER_CALL = "infer.call";

  /** Inside one process: the router's reply to an {@code infer.call}. */
  public static final String INFER_ANSWER = "infer.answer";

  /** Inside one process: a request that a listener refused, for the records; it has no reply. */
  public static final String INFER_REFUSED = "infer.refused";

  /** Inside one process: one attempt for a provider. */
  public static final String PROVIDER_ATTEMPT = "provider.attempt";

  /** Inside one process: a provider's reply to a {@code provider.attempt}. */
  public static final String PROVIDER_ANSWER = "provider.answer";

  /** Inside one process: asks a provider whether calls would be answered. */
  public static final String HEALTH_CHECK = "health.check";

  /** Inside one process: a provider's reply to a {@code health.check} that succeeded. */
  public static final String HEALTH_CHECKED = "health.checked";

  public static final String BUDGET_RESERVE = "budget.reserve";
  public static final String BUDGET_RESERVED = "budget.reserved";
  public static final String BUDGET_EXTEND = "budget.extend";
  public static final String BUDGET_EXTENDED = "budget.extended";

  /** Inside one process: changes to reservations, in order; it has no reply. */
  public static final String BUDGET_UPDATE = "budget.update";

  public static final String BUDGET_REPORT = "budget.report";
  public static final String BUDGET_REPORTED = "budget.reported";
  public static final String BUDGET_INSPECT = "budget.inspect";
  public static final String BUDGET_INSPECTED = "budget.inspected";
  public static final String BUDGET_PREVIEW = "budget.preview";
  public static final String BUDGET_PREVIEWED = "budget.previewed";
  public static final String BUDGET_RECONFIGURE = "budget.reconfigure";
  public static final String BUDGET_RECONFIGURED = "budget.reconfigured";

  /** Inside one process: something for the store that several nodes share. */
  public static final String LEDGER_ASK = "ledger.ask";

  public static final String LEDGER_ANSWER = "ledger.answer";

  private MistType() {}
}
