package dev.infermux.examples;

import dev.infermux.events.EventAddresses;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;

/** Appends every cost event to a file, {@code path} of its configuration, one object a line. */
public final class CostFileExporter extends VerticleBase {

  private AsyncFile file;

  @Override
  public Future<?> start() {
    EnvelopeCodec.register(vertx);
    return vertx
        .fileSystem()
        .open(config().getString("path", "costs.jsonl"), new OpenOptions().setAppend(true))
        .onSuccess(opened -> file = opened)
        .compose(
            opened ->
                vertx.eventBus().<Envelope>consumer(EventAddresses.COST, this::write).completion());
  }

  private void write(Message<Envelope> event) {
    file.write(Buffer.buffer(event.body().payload().json()).appendString("\n"));
  }

  @Override
  public Future<?> stop() {
    return file.close();
  }
}
