package dev.infermux.events;

import dev.infermux.inference.Failure;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.Payload;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.spi.CallListener;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events on the bus, by reference: no JSON is made unless a subscriber or another node
 * asks. Subscribers run later and on threads of their own, so that none can delay or break a call.
 * Never throws; what cannot be published is counted. Thread-safe.
 */
public final class EventPublisher implements CallListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setCodecName(EnvelopeCodec.NAME);

  private final EventBus bus;
  private final LongAdder dropped = new LongAdder();

  public EventPublisher(Vertx vertx) {
    EnvelopeCodec.register(vertx);
    this.bus = vertx.eventBus();
  }

  @Override
  public void finished(CallRecord record) {
    FinishedCall call = FinishedCall.of(record);
    publish(EventAddresses.INFERENCE, InferenceRequestEvent.TYPE, new InferenceRequestEvent(call));
    List<AttemptRecord> attempts = call.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      AttemptRecord attempt = attempts.get(i);
      AttemptCost charge = attempt.charge();
      if (charge != null) {
        publish(
            EventAddresses.COST,
            ProviderCostEvent.TYPE,
            new ProviderCostEvent(call, i + 1, attempt, charge));
      }
    }
    if (call.outcome().failure() instanceof Failure.BudgetExceeded refusal) {
      budgetAlert(BudgetAlertEvent.refusal(call, refusal.message()));
    }
  }

  /** Publishes what became of a budget. */
  public void budgetAlert(BudgetAlertEvent event) {
    publish(EventAddresses.BUDGET, BudgetAlertEvent.TYPE, event);
  }

  /** Publishes a change of a provider's circuit. */
  public void circuitChanged(CircuitChange change) {
    publish(EventAddresses.CIRCUIT, CircuitStateEvent.TYPE, new CircuitStateEvent(change));
  }

  /**
   * Publishes one event.
   *
   * @param address one of {@link EventAddresses}
   * @param payload immutable; it travels by reference
   */
  public void publish(String address, String type, Payload payload) {
    try {
      bus.publish(address, Envelope.of(MistSource.INFERMUX, type, payload), OPTIONS);
    } catch (Throwable e) {
      dropped.increment();
      LOG.debug("event {} not published", type, e);
    }
  }

  /** Events that could not be published, since the bus was closed for instance. */
  public long dropped() {
    return dropped.sum();
  }
}
