package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/**
 * A batch of entities in a file: {@code data.entities}.
 *
 * @param format {@code json}, {@code jsonl} or {@code csv}
 * @param schema name of a {@link DataSchema}; may be empty
 * @param checksum of the file, in a form of the sender's choice; may be empty
 */
public record DataEntities(long count, String format, String path, String schema, String checksum)
    implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .integer("count", count)
        .text("format", format)
        .text("path", path)
        .textIfAny("schema", schema)
        .textIfAny("checksum", checksum)
        .end();
  }

  static DataEntities read(JsonFields in) {
    return new DataEntities(
        in.integer("count"),
        in.text("format"),
        in.text("path"),
        in.text("schema"),
        in.text("checksum"));
  }
}
