package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;
import java.util.List;

/** The shape of a kind of entity: {@code data.schema}. */
public record DataSchema(String name, List<Field> fields) implements Payload {

  /** One field of a schema. */
  public record Field(String name, String type, boolean required) {}

  public DataSchema {
    fields = List.copyOf(fields);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("name", name)
        .objects("fields", fields, DataSchema::write)
        .end();
  }

  private static void write(JsonWriter out, Field field) {
    out.text("name", field.name).text("type", field.type).flag("required", field.required);
  }

  static DataSchema read(JsonFields in) {
    return new DataSchema(
        in.text("name"), in.objects("fields").stream().map(DataSchema::readField).toList());
  }

  private static Field readField(JsonFields in) {
    return new Field(in.text("name"), in.text("type"), in.flag("required"));
  }
}
