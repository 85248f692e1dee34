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
import dev.infermux.vertx.Publications;
import dev.infermux.vertx.PublishedBacklogs;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events on the bus, by reference: no JSON is made unless a subscriber or another node
 * asks. Subscribers run later and on threads of their own, so that none can delay or break a call.
 * While one is too far behind, nothing is published at its address. Never throws; what is not
 * published is counted. Thread-safe.
 */
public final class EventPublisher implements CallListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setCodecName(EnvelopeCodec.NAME);

  /** How many events may wait for one subscriber unless {@link #limit} says another number. */
  private static final int MOST_WAITING = 2_048;

  private final EventBus bus;
  private final LongAdder dropped = new LongAdder();
  private final PublishedBacklogs backlogs;
  private final Publications publications;
  private volatile IntSupplier mostWaiting = () -> MOST_WAITING;

  public EventPublisher(Vertx vertx) {
    EnvelopeCodec.register(vertx);
    this.bus = vertx.eventBus();
    this.backlogs =
        new PublishedBacklogs(bus, EventAddresses.ALL, new SubscriberLosses(LOG, dropped));
    this.publications = new Publications(vertx, EventAddresses.ALL);
  }

  /** Has as many events wait for one subscriber at the most, from now on. */
  public void limit(IntSupplier mostWaiting) {
    this.mostWaiting = mostWaiting;
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
      if (!backlogs.admits(address, mostWaiting())) {
        return;
      }
      bus.publish(address, Envelope.of(MistSource.INFERMUX, type, payload), OPTIONS);
    } catch (Throwable e) {
      dropped.increment();
      LOG.debug("event {} not published", type, e);
    }
  }

  /** What is published, for those in this gateway who have a bound of their own. */
  public Publications publications() {
    return publications;
  }

  /** How many events may wait for one subscriber. */
  public int mostWaiting() {
    return mostWaiting.getAsInt();
  }

  /** Counts an event that a subscriber's own queue has lost. */
  public void lost() {
    dropped.increment();
  }

  /**
   * Events that were not published, or lost on the way: a subscriber is too far behind, or the bus
   * is closed.
   */
  public long dropped() {
    return dropped.sum();
  }

  /** Leaves the bus to others; what is published later has no bound. */
  public void close() {
    backlogs.close();
  }
}
