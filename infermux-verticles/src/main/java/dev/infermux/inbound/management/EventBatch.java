package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.PublishedEvent;
import java.util.List;

/**
 * Events to be written next.
 *
 * @param lost how many that came before these are gone
 */
record EventBatch(long lost, List<PublishedEvent> events) {}
