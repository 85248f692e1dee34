package dev.infermux.tokentrace.record;

import static dev.infermux.tokentrace.record.ProtoOutput.sizeOfContent;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes where they are put, as OTLP's {@code KeyValue}s, instead of collecting them.
 * One thread; it remembers the keys, which are few and come again and again.
 */
final class AttributeEncoder implements AttributesBuilder {
  private static final int MOST_KEYS = 512;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final ProtoOutput out;
  private final Map<AttributeKey<?>, Key> keys = new HashMap<>();
  private int field;
  private long round;
  private boolean twice;

  AttributeEncoder(ProtoOutput out) {
    this.out = out;
  }

  /** A key as it is written, and the last message that it was written into. */
  private static final class Key {
    private final byte[] name;
    private long round;

    Key(String name) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Begins a message.
   *
   * @param attributes the number of its field for attributes
   */
  void begin(int attributes) {
    field = attributes;
    round++;
    twice = false;
  }

  /** Whether a key was put twice: the last value is the one that counts, and both are written. */
  boolean repeated() {
    return twice;
  }

  @Override
  public Attributes build() {
    throw new UnsupportedOperationException("attributes are written, not collected");
  }

  @Override
  public <T> AttributesBuilder put(AttributeKey<Long> key, int value) {
    return put(key, (Long) (long) value);
  }

  @Override
  public <T> AttributesBuilder put(AttributeKey<T> key, @Nullable T value) {
    if (value != null && !key.getKey().isEmpty()) {
      if (value instanceof String text && ProtoOutput.isAscii(text)) {
        begin(name(key), sizeOfContent(AnyValues.STRING, text.length()));
        out.ascii(AnyValues.STRING, text);
      } else {
        begin(name(key), AnyValues.size(value));
        AnyValues.write(value, out);
      }
    }
    return this;
  }

  private void begin(byte[] name, int valueSize) {
    out.begin(field, sizeOfContent(KEY, name.length) + sizeOfContent(VALUE, valueSize));
    out.bytes(KEY, name);
    out.begin(VALUE, valueSize);
  }

  private byte[] name(AttributeKey<?> key) {
    Key known = keys.get(key);
    if (known == null) {
      known = new Key(key.getKey());
      if (keys.size() >= MOST_KEYS) {
        keys.clear();
      }
      keys.put(key, known);
    }
    twice |= known.round == round;
    known.round = round;
    return known.name;
  }

  @Override
  public AttributesBuilder putAll(Attributes attributes) {
    attributes.forEach(this::putAny);
    return this;
  }

  @SuppressWarnings("unchecked") // the value of a key's own attributes is of the key's type
  private <T> void putAny(AttributeKey<T> key, Object value) {
    put(key, (T) value);
  }
}
