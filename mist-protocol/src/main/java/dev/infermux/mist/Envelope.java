package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonProblem;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One MIST message. Immutable, and safe on any thread.
 *
 * <p>Making one is cheap: no JSON, no checksum and no id until one is asked for. In a process it
 * travels by reference; {@link EnvelopeWriter} and {@link EnvelopeReader} take it over a wire.
 */
public final class Envelope {

  private static final long NOT_RECEIVED = -1;
  private static final long NANOS = 1_000_000_000L;

  private static final AtomicReferenceFieldUpdater<Envelope, @Nullable String> ID =
      AtomicReferenceFieldUpdater.newUpdater(Envelope.class, String.class, "id");

  private final String version;
  private final String source;
  private final String type;
  private final long timestampNanos;
  private final Payload payload;
  private final long received;

  /** Null until it is asked for: most messages stay in the process, where no code asks. */
  private volatile @Nullable String id;

  /**
   * Everything but the payload and its checksum.
   *
   * @param version an integer as text, see {@link MistVersions}
   * @param timestampNanos Unix epoch nanoseconds
   */
  public record Header(String version, String id, String source, String type, long timestampNanos) {

    public Header {
      requireSome("version", version);
      requireSome("id", id);
      requireSome("source", source);
      requireSome("type", type);
    }

    private static void requireSome(String field, String value) {
      if (value.isEmpty()) {
        throw MistException.invalid(field, "empty", "a non-empty string");
      }
    }
  }

  private Envelope(String source, String type, Payload payload) {
    Header.requireSome("source", source);
    Header.requireSome("type", type);
    this.version = MistVersions.CURRENT;
    this.source = source;
    this.type = type;
    this.timestampNanos = epochNanos();
    this.payload = payload;
    this.received = NOT_RECEIVED;
  }

  private Envelope(Header header, Payload payload, long received) {
    this.version = header.version();
    this.id = header.id();
    this.source = header.source();
    this.type = header.type();
    this.timestampNanos = header.timestampNanos();
    this.payload = payload;
    this.received = received;
  }

  /** A new message of the current version, with a new id, made now. */
  public static Envelope of(String source, String type, Payload payload) {
    return new Envelope(source, type, payload);
  }

  /** A message with every field of the caller's choice. */
  public static Envelope of(Header header, Payload payload) {
    return new Envelope(header, payload, NOT_RECEIVED);
  }

  /** The same message under another id. */
  public Envelope withId(String id) {
    Header other = new Header(version(), id, source(), type(), timestampNanos());
    return new Envelope(other, payload, received);
  }

  static Envelope received(Header header, byte[] payload, long checksum) {
    return new Envelope(header, new RawPayload(payload), checksum);
  }

  public Header header() {
    return new Header(version, id(), source, type, timestampNanos);
  }

  public String version() {
    return version;
  }

  /** The same at each call; a new message gets its id when it is first asked for. */
  public String id() {
    String known = id;
    if (known != null) {
      return known;
    }
    String fresh = MistIds.newId();
    return ID.compareAndSet(this, null, fresh) ? fresh : Objects.requireNonNull(id);
  }

  public String source() {
    return source;
  }

  public String type() {
    return type;
  }

  /** Unix epoch nanoseconds. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** The payload by reference: as it was handed in, or {@link RawPayload} when it was read. */
  public Payload payload() {
    return payload;
  }

  /**
   * CRC-32 (IEEE) of the payload bytes, 0 to 2³² − 1. For a message that was read: as it stood
   * there, 0 = not checked. For any other it is computed at each call, from the payload's JSON.
   */
  public long checksum() {
    return received == NOT_RECEIVED ? Checksums.of(payload.json()) : received;
  }

  /**
   * The payload as one of the types of this package: the very object when it already is one, else
   * read from its JSON. Throws {@link MistException} naming the field that does not fit.
   */
  public <T extends Payload> T payloadAs(Class<T> type) {
    if (type.isInstance(payload)) {
      return type.cast(payload);
    }
    if (type == RawPayload.class) {
      return type.cast(new RawPayload(payload.json()));
    }
    return parse(PayloadReaders.of(type));
  }

  /** The payload as a type of the caller's own: the very object, or what the reader makes. */
  public <T extends Payload> T payloadAs(Class<T> type, PayloadReader<T> reader) {
    return type.isInstance(payload) ? type.cast(payload) : parse(reader);
  }

  private <T extends Payload> T parse(PayloadReader<T> reader) {
    try {
      return reader.read(JsonFields.parse(payload.json(), "payload"));
    } catch (JsonProblem e) {
      throw MistException.invalid(e);
    }
  }

  /** The header only: payloads may hold message content, which belongs in no log. */
  @Override
  public String toString() {
    return "Envelope[" + header() + "]";
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS + now.getNano();
  }
}
